-- candidates_are_not_merged
-- question: which offered publications are members of the study that is offered, or state a registry id after all?
-- why: A candidate is for a human to decide; where an id speaks there is nothing to guess.
select candidate.pmid, candidate.study_id
from core.link_candidate as candidate
semi join (
    select pmid, study_id from evidence.study_reports
    union all
    select pmid, null from core.link
) as joined
    on joined.pmid = candidate.pmid and (joined.study_id is null or joined.study_id = candidate.study_id)
order by all;
