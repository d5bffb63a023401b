-- ref.names_one_time(words): whether the words name a single time, so that what they count from belongs to it
-- `Week 4, and 2 weeks after the last dose` names two: the later one need not be counted from the last dose. A time after
-- each infusion is none that is counted from the first or the last.
create macro ref.names_one_time(words) as
    coalesce(
        len(regexp_extract_all(ref.times_marked(words), '<[^>]*>|\{[a-z]+\}\d')) = 1
        and not regexp_matches(lower(words), '\b(each|every) (\w+ ){0,2}?(dose|infusion|injection|treatment|session|course)'),
        false
    );

comment on macro ref.names_one_time is 'Whether the words name a single time, so that what they count from belongs to it.';
