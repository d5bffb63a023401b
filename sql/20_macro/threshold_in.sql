-- ref.threshold_in(words, kind): the definition of an outcome as the words state it, verbatim; NULL when they state none
-- The registry writes `\>=50%` and `\<=12`: the words are kept as they stand, so that the quote can be found again.
-- Response is a fall in per cent, remission a score at most so high, relapse a score at least so high.
create macro ref.scale_words() as '(?:madrs|montgomery|ham-?d|hdrs|hrsd|qids|phq-?9|bdi|ids-|cdrs|epds)';

create macro ref.fall_words() as '(?:fall|reduction|decrease|improvement|drop|decline)';

create macro ref.threshold_in(words, kind) as nullif(trim(
    case
        when kind in ('response', 'sustained_response') then coalesce(
            nullif(regexp_extract(words,
                '(?i)(?:' || ref.scale_words() || '[\w-]*(?: total| sum)?(?: score)? ' || ref.fall_words() || ' (?:of |by )?)?'
                || '(?:' || ref.fall_words() || '(?: from baseline)? (?:in|on) (?:the )?'
                || ref.scale_words() || '[\w-]*(?: total| sum)?(?: score)? (?:of |by ))?'
                || '(?:\\?>\s?=|≥|=\s?\\?>|at least|greater than or equal to)\s*(?:a )?\d+\s*(?:%|percent)(?:\s\(%\))?'
                || '(?:\s(?:or more|or greater))?'
                || '(?: ' || ref.fall_words() || '(?: from baseline)?(?: (?:in|on) (?:the )?'
                || ref.scale_words() || '[\w-]*(?: total score| score)?)?)?'), ''),
            regexp_extract(words,
                '(?i)\d+\s*(?:%|percent) or (?:more|greater|higher|better) ' || ref.fall_words()
                || '(?: from baseline)?(?: (?:in|on) (?:the )?'
                || ref.scale_words() || '[\w-]*(?: total score| score)?)?')
        )
        when kind in ('remission', 'sustained_remission') then regexp_extract(words,
            '(?i)' || ref.scale_words() || '[^.;,%]{0,60}?'
            || '(?:\\?<\s?=?|≤|=\s?\\?<|less than(?: or equal to)?|at most|below|of 0 to)(?: \([^)]{1,6}\))?\s*\d+')
        when kind = 'relapse' then regexp_extract(words,
            '(?i)' || ref.scale_words() || '[^.;,%]{0,60}?'
            || '(?:\\?>\s?=?|≥|=\s?\\?>|greater than(?: or equal to)?|at least|above|more than)(?: \([^)]{1,6}\))?'
            || '\s*\d+[^.;]*')
    end), '');

comment on macro ref.scale_words is 'Names of depression scales as a regular expression.';
comment on macro ref.fall_words is 'Words for an improvement as a regular expression.';
comment on macro ref.threshold_in is 'The definition of response, remission or relapse in the words, verbatim, or NULL.';
