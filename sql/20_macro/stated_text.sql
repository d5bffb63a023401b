-- ref.stated_text(item, stated): a statement as a reader would write it down, such as `0.5–1 mg/kg` or `99 enrolled`
create macro ref.number_text(value) as
    case when value = round(value) then value::bigint::varchar else round(value, 4)::varchar end;

create macro ref.range_text(low, high) as case
    when low = high then ref.number_text(high)
    when low = 0 then 'up to ' || ref.number_text(high)
    else ref.number_text(low) || '–' || ref.number_text(high)
end;

create macro ref.stated_text(item, stated) as case item
    when 'n' then ref.number_text(stated.high) || case stated.basis
        when 'beside' then '' when 'unspecified' then '' else ' ' || stated.basis
    end
    when 'arms' then ref.number_text(stated.high)
    when 'dose' then ref.range_text(stated.low, stated.high) || ' ' || stated.unit
    when 'route' then stated.word
    when 'sessions' then ref.range_text(stated.low, stated.high) || coalesce(' (' || stated.basis || ')', '')
    when 'primary_outcome' then
        coalesce(stated.word, 'no scale named') || case stated.basis when 'secondary' then ' (secondary)' else '' end
    when 'primary_outcome_time' then 'day ' || ref.number_text(stated.high)
    when 'age' then ref.number_text(round(stated.high, 2)) || ' (' || stated.unit || ')'
    when 'serious_events' then ref.range_text(stated.low, stated.high)
    else ref.number_text(round(stated.high, 2)) || ' ' || stated.unit
end;

comment on macro ref.number_text is 'A number without digits that say nothing.';
comment on macro ref.range_text is 'A number, a range, or `up to` its end when it begins at 0.';
comment on macro ref.stated_text is 'A statement of bridge._stated_… as a reader would write it down.';
