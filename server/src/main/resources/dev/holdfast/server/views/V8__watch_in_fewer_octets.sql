-- What the watch remembers, in the form in which it needs less of the heap: who first had a text as
-- a name is found by the text, and only names of further kinds by kind and text; what is due of
-- chips and of hosts stands apart; what a meter said stands in the story of its chip.
CREATE TEMP TABLE told AS
  SELECT
    named.key AS alias,
    named.key ->> '$.value' AS text,
    json_object(
      'kind', named.key ->> '$.kind',
      'chip', named.state ->> '$.chip',
      'since', json(named.state -> '$.since')
    ) AS name,
    row_number() OVER (
      PARTITION BY named.key ->> '$.value'
      ORDER BY
        label.state ->> '$' = named.state ->> '$.chip' DESC, named.state ->> '$.since', named.key
    ) AS turn
  FROM watch AS named
  LEFT JOIN watch AS label ON label.kind = 'label' AND label.key = named.key ->> '$.value'
  WHERE named.kind = 'name';
DELETE FROM watch WHERE kind IN ('name', 'label');
INSERT INTO watch (kind, key, state) SELECT 'name', text, name FROM told WHERE turn = 1;
INSERT INTO watch (kind, key, state) SELECT 'other-name', alias, name FROM told WHERE turn > 1;
DROP TABLE told;
UPDATE watch SET kind = 'due-chip', key = substr(key, 6) WHERE kind = 'due' AND key LIKE 'chip:%';
UPDATE watch SET kind = 'due-host', key = substr(key, 6) WHERE kind = 'due' AND key LIKE 'host:%';
UPDATE watch
  SET state = json_remove(
    json_set(
      state,
      '$.meter.watts', json(ifnull(state -> '$.meter.says.watts', '-1')),
      '$.meter.millijoules', json(ifnull(state -> '$.meter.says.millijoules', '-1'))
    ),
    '$.meter.says'
  )
  WHERE kind = 'chip' AND state -> '$.meter.says' IS NOT NULL;
