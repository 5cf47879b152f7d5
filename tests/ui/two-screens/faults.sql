-- A layer broken: the map of the fourth scene shows its rows.
DROP TABLE suspicion;
-- Tiles asked for that no hall has.
UPDATE scene SET style = replace(style, 'base=schematic', 'base=tiles');
-- The fifth and the sixth scene frozen at a version that is gone.
UPDATE scene SET as_of = 'gone'
  WHERE id IN (SELECT id FROM scene ORDER BY position LIMIT 2 OFFSET 4);
