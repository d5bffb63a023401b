-- ref.instruments_in(words), ref.instrument_in(words): the rating instruments that the words name, from a closed list
-- ref.is_mood_instrument(instrument): whether it measures depression or suicidality
-- Versions that cannot be compared are kept apart (HAM-D of 6, 17, 21, 24 or 28 items; PHQ-9, PHQ-8 and PHQ-2). The Scale
-- for Suicide Ideation of the clinician (SSI) and its self-report form (BSS, also called BSI) are two. BSI, SDS, ISI, GDS
-- and the like are read only beside the full name or a word of their own domain, since the letters stand for others too.
-- ref.scale_in stays the shorter list of the scales that measure how depressed a sample was.
create macro ref.hamd_in(words) as case
    when regexp_matches(words, '(?i)ham-?d|\bhdrs|\bhrsd|hamilton (depression|rating scale (for|of) depression|depression rating)')
        then 'hamd' || coalesce(
            nullif(regexp_extract(words, '(?i)(?:ham-?d|hdrs|hrsd)[ -]?_?(6|7|17|21|24|25|28|29)\b', 1), ''),
            nullif(regexp_extract(words, '(?i)\b(6|7|17|21|24|25|28|29|six|seventeen)[ -]?items?\b', 1)
                .lower().replace('seventeen', '17').replace('six', '6'), ''),
            ''
        )
end;

create macro ref.instruments_in(words) as list_filter(
    [
        case when regexp_matches(words, '(?i)\bmadrs|montgomery') then 'madrs' end,
        ref.hamd_in(words),
        case when regexp_matches(words, '(?i)\bqids|quick inventory of depress') then 'qids' end,
        case when regexp_matches(words, '(?i)\bids-?(sr|c)?\d*\b.{0,30}depress|inventory of depressive symptom')
            and not regexp_matches(words, '(?i)\bqids|quick inventory') then 'ids' end,
        case when regexp_matches(words, '(?i)\bphq-?9|patient health questionnaire[- ]*(\(|item )?9|9[- ]item patient health')
            then 'phq9' end,
        case when regexp_matches(words, '(?i)\bphq-?8|patient health questionnaire[- ]*(\(|item )?8|8[- ]item patient health')
            then 'phq8' end,
        case when regexp_matches(words, '(?i)\bphq-?2\b') then 'phq2' end,
        case when regexp_matches(words, '\bBDI\b|BDI-?II|BDI-?2|(?i:beck.{0,4} depression)') then 'bdi' end,
        case when regexp_matches(words, '(?i)\bces-?d\b|epidemiologic(al)? stud(y|ies).{0,12}depress') then 'cesd' end,
        case when regexp_matches(words, '(?i)\bepds\b|edinburgh post(partum|natal)') then 'epds' end,
        case when regexp_matches(words, '(?i)geriatric depression') then 'gds' end,
        case when regexp_matches(words, '(?i)\bcdrs-?r?\b|children.{0,3} depression rating') then 'cdrs_r' end,
        case when regexp_matches(words, '(?i)\bhads\b|hospital anxiety (and|&) depression') then 'hads' end,
        case when regexp_matches(words, '(?i)snaith|\bshaps\b') then 'shaps' end,
        case when regexp_matches(words, '(?i)cgi-?ss|clinical global impression.{0,25}suicid') then 'cgi_ss' end,
        case when regexp_matches(words, '(?i)\bcgi(-?[si]|-?bp)?\b|clinical global impression')
            and not regexp_matches(words, '(?i)cgi-?ss|clinical global impression.{0,25}suicid') then 'cgi' end,
        case when regexp_matches(words, '(?i)\bc-?ssrs\b|columbia.{0,4}suicid') then 'cssrs' end,
        case when regexp_matches(words, '(?i)\bmssi\b|modified scale for suicid') then 'mssi' end,
        case when regexp_matches(words, '\bSSI\b.{0,40}(?i:suicid)|(?i:suicid).{0,40}\bSSI\b|(?i:scale (for|of) suicid\w+ ideation)')
            and not regexp_matches(words, '(?i)\bmssi\b|modified scale|\bbss\b|beck scale') then 'ssi' end,
        case when regexp_matches(words, '(?i)beck scale (for|of) suicid|\bbss\b') then 'bss' end,
        case when regexp_matches(words, '(?i)\bsibat\b|suicide ideation and behavior assessment') then 'sibat' end,
        case when regexp_matches(words, '(?i)beck.{0,4} hopeless') then 'bhs' end,
        case when regexp_matches(words, '(?i)\bcadss\b|clinician[- ]administered dissociat') then 'cadss' end,
        case when regexp_matches(words, '(?i)\bymrs\b|young mania') then 'ymrs' end,
        case when regexp_matches(words, '(?i)\bbprs\b|brief psychiatric rating') then 'bprs' end,
        case when regexp_matches(words, '(?i)\bpanss\b|positive and negative syndrome') then 'panss' end,
        case when regexp_matches(words, '(?i)\bgad-?7\b|generali[sz]ed anxiety disorder.{0,8}7') then 'gad7' end,
        case when regexp_matches(words, '(?i)\bham-?a\b|\bhars\b|hamilton anxiety|hamilton rating scale for anxiety')
            then 'hama' end,
        case when regexp_matches(words, '\bBAI\b|(?i:beck.{0,4} anxiety)') then 'bai' end,
        case when regexp_matches(words, '(?i)\bstai\b|state[- ]trait anxiety') then 'stai' end,
        case when regexp_matches(words, '(?i)\bcaps-?5\b|clinician[- ]administered ptsd') then 'caps5' end,
        case when regexp_matches(words, '(?i)\bpcl-?5\b|ptsd checklist') then 'pcl5' end,
        case when regexp_matches(words, '(?i)y-?bocs|yale[- ]brown') then 'ybocs' end,
        case when regexp_matches(words, '(?i)sheehan disab') then 'sds' end,
        case when regexp_matches(words, '(?i)\bwhodas\b|who disability assessment') then 'whodas' end,
        case when regexp_matches(words, '(?i)\beq-?5d|euro-?qol') then 'eq5d' end,
        case when regexp_matches(words, '(?i)q-?les-?q|quality of life enjoyment') then 'qlesq' end,
        case when regexp_matches(words, '(?i)\bsf-?36\b|36[- ]item short[- ]form|short[- ]form[- ]\(?36') then 'sf36' end,
        case when regexp_matches(words, '(?i)\bwho-?5\b') then 'who5' end,
        case when regexp_matches(words, '(?i)\bgaf\b|global assessment of functioning') then 'gaf' end,
        case when regexp_matches(words, '(?i)\bpsqi\b|pittsburgh sleep') then 'psqi' end,
        case when regexp_matches(words, '(?i)insomnia severity') then 'isi' end,
        case when regexp_matches(words, '(?i)\bmoca\b|montreal cognitive') then 'moca' end,
        case when regexp_matches(words, '(?i)\bmmse\b|mini[- ]mental state') then 'mmse' end,
        case when regexp_matches(words, '(?i)\bhvlt|hopkins verbal learning') then 'hvlt_r' end,
        case when regexp_matches(words, '(?i)moaa.?s\b|observer.{0,3}s? assessment of alertness') then 'moaas' end,
        case when regexp_matches(words, '(?i)\bpgi-?c\b|\bpgic\b|patient.{0,3}s? global impression of change') then 'pgic' end,
        case when regexp_matches(words, '(?i)\bpwc-?20\b|physician withdrawal checklist') then 'pwc20' end,
        case when regexp_matches(words, '(?i)\batrq\b|antidepressant treatment response quest') then 'atrq' end,
        case when regexp_matches(words, '(?i)\bathf\b|antidepressant treatment history') then 'athf' end
    ],
    lambda instrument: instrument is not null
);

create macro ref.instrument_in(words) as
    case when len(ref.instruments_in(words)) = 1 then ref.instruments_in(words)[1] end;

create macro ref.is_mood_instrument(instrument) as
    coalesce(
        instrument in (
            'madrs', 'qids', 'ids', 'phq9', 'phq8', 'phq2', 'bdi', 'cesd', 'epds', 'gds', 'cdrs_r', 'shaps', 'cgi',
            'cgi_ss', 'cssrs', 'mssi', 'ssi', 'bss', 'sibat', 'bhs'
        )
        or starts_with(instrument, 'hamd'),
        false
    );

comment on macro ref.hamd_in is 'hamd with its number of items where the words state it (hamd17), or NULL.';
comment on macro ref.instruments_in is 'The rating instruments of a closed list that the words name, in the list''s order; empty when none.';
comment on macro ref.instrument_in is 'The one rating instrument that the words name; NULL when they name none or several.';
comment on macro ref.is_mood_instrument is 'Whether a rating instrument measures depression or suicidality (CGI as rated in depression).';
