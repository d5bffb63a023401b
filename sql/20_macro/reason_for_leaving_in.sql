-- ref.reason_for_leaving_in(words): the kind of a reason for leaving a trial, `other` for words of the sponsor's own
-- The registry offers eight reasons and free text beside them. Free text is only taken for one of the eight where it says
-- so in the usual words; the verbatim reason always stands beside the count.
create macro ref.reason_for_leaving_in(words) as case
    when ref.is_adverse_event_reason(words) then 'adverse_event'
    when regexp_matches(words, '(?i)^\W*(death|died|deceased)\W*$') then 'death'
    when regexp_matches(words, '(?i)^\W*(lack of (efficacy|response|effect)|inefficacy)\W*$') then 'lack_of_efficacy'
    when regexp_matches(words, '(?i)^\W*lost to follow[- ]?up\W*$') then 'lost_to_follow_up'
    when regexp_matches(words, '(?i)^\W*(physician|investigator) decision\W*$') then 'physician_decision'
    when regexp_matches(words, '(?i)^\W*protocol (violation|deviation)s?\W*$') then 'protocol_violation'
    when regexp_matches(words,
        '(?i)^\W*(withdrawal by subject|with(drew|drawal of) consent|consent withdrawn|subject withdrawal)\W*$')
        then 'withdrawal_by_subject'
    else 'other'
end;

comment on macro ref.reason_for_leaving_in is 'The kind of a reason for leaving: adverse_event, death, lack_of_efficacy, lost_to_follow_up, physician_decision, protocol_violation, withdrawal_by_subject or other (pregnancy too).';
