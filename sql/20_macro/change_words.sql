-- ref.change_words(): words that say that a score is a change and no level, as a regular expression
create macro ref.change_words() as '(?i)\bchang|\breduc|\bimprove|\bdecreas|\bdifferen|\bdeclin';

comment on macro ref.change_words is 'Words that say that a score is a change, as a regular expression.';
