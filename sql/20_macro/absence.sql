-- ref.absence(value, item, not_understood): why a cell is empty, NULL when it is not
-- `not_understood` lists the items of the document that no rule could read.
create macro ref.absence(value, item, not_understood) as case
    when value is not null then null
    when list_contains(not_understood, item) then 'not understood'
    else 'not reported'
end;

comment on macro ref.absence is 'Why a cell is empty: not understood or not reported; NULL when it holds a value.';
