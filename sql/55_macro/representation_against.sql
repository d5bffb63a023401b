-- evidence.representation_against(reference): evidence.representation beside another population
-- `reference` maps categories to shares in per cent: from evidence.representation_against(map {'female': 63, 'white': 70}).
-- Categories that it leaves out have no reference.
create macro evidence.representation_against(reference) as table
select
    dimension,
    dimension_value,
    item,
    category,
    n_studies,
    n_studies_reporting,
    pct_studies_reporting,
    n_studies_pooled,
    n_people,
    n_known,
    n_in_category,
    pct_of_people,
    pct_of_known,
    map_extract(reference, category)[1]::double as reference_pct,
    case
        when pct_of_known is not null
            then round(100 * n_in_category / n_known / nullif(map_extract(reference, category)[1]::double, 0), 2)
    end as participation_to_prevalence_ratio,
    reporting_study_ids,
    pooled_study_ids
from evidence.representation;

comment on macro table evidence.representation_against is
    'evidence.representation beside another population, given as a map of categories to shares in per cent: map {''female'': 63, ''white'': 70}.';
