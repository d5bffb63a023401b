-- prisma_boxes_add_up
-- question: which boxes of the PRISMA flow diagram do not add up, or count other reports than the tables show?
-- why: A reader must be able to follow every record from where it was found to where it ended.
with boxes as (
    select box, source, sum(n) as n from evidence.prisma_flow group by box, source
),

-- what a box holds, and what the boxes after it hold together
flows (whole, parts) as (
    values
        ('identified', ['removed', 'screened']),
        ('screened', ['excluded', 'sought']),
        ('sought', ['not retrieved', 'assessed']),
        ('assessed', ['reports excluded', 'reports included'])
),

sums as (
    select
        flows.whole as box,
        boxes.source,
        sum(boxes.n) filter (boxes.box = flows.whole) as n,
        coalesce(sum(boxes.n) filter (list_contains(flows.parts, boxes.box)), 0) as n_expected
    from flows
    join boxes on boxes.box = flows.whole or list_contains(flows.parts, boxes.box)
    group by flows.whole, boxes.source
),

-- the same counted from what readers see
shown as (
    select 'identified' as box, source, count(*) filter (sha256 is not null) as n from evidence.screening group by source
    union all
    select 'excluded', source, count(*) filter (decision = 'excluded') from evidence.screening group by source
    union all
    select 'reports included', source, count(*) filter (decision in ('included', 'needs review'))
    from evidence.screening
    group by source
    union all
    select 'studies included', null, count(*) from evidence.study_overview where is_included
    union all
    select 'studies with people of their own', null, count(*) from evidence.study_overview where is_own_sample
),

compared as (
    select
        shown.box,
        shown.source,
        coalesce(boxes.n, 0)
        - case
            when shown.box = 'identified' then coalesce((
                select sum(flow.n)
                from evidence.prisma_flow as flow
                where flow.source = shown.source and flow.reason = 'listed by its source, but not supplied'
            ), 0)
            else 0
        end as n,
        shown.n as n_expected
    from shown
    left join boxes on boxes.box = shown.box and boxes.source is not distinct from shown.source
)

select box, source, n, n_expected from sums where n is distinct from n_expected
union all
select box, source, n, n_expected from compared where n is distinct from n_expected
union all
select box, source, n, 0 from boxes where n < 0
order by all;
