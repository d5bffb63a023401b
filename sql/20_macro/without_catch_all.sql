-- ref.without_catch_all(words, catch_all): a list without its vaguest word where it holds a more precise one
create macro ref.without_catch_all(words, catch_all) as
    case
        when words is null then []
        when len(words) > 1 then list_filter(words, lambda word: word != catch_all)
        else words
    end;

comment on macro ref.without_catch_all is 'A list without its vaguest word (`other`, `none`) where it holds a more precise one.';
