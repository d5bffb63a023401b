-- links_point_to_known_publications
-- question: which links join publications that we do not hold, or ids that no study has?
-- why: A link is between records; an id of a study is how a reader finds it.
select link.pmid, link.registry_id, link.kind
from core.link
left join core.publication using (pmid)
left join (select distinct member_id from core.study_member) as member on member.member_id = link.registry_id
where publication.pmid is null or member.member_id is null
order by all;
