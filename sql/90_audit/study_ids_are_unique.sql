-- study_ids_are_unique
-- question: which studies share an id, or are called by an id that is not theirs?
-- why: An id that a release once used always resolves to one study.
select study_id, count(*) as copies, 'shared' as problem
from core.study group by study_id having copies > 1
union all
select study_id, 1, 'not an id of a member'
from core.study
anti join core.study_member as member on member.study_id = study.study_id and member.member_id = study.study_id
order by all;
