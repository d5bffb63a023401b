-- every_run_is_complete
-- question: which runs did not bring what their source promised?
-- why: Nothing is published from an incomplete run.
select run_id, source, status, promised, stored, unchanged, explained
from core.run
where status != 'complete'
order by run_id;
