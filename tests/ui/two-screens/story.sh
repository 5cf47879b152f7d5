# The story as it should be. Sourced.

cp "$folder/whole.gpkg" "$folder/story.gpkg"
start 1
ask
told=$(count_found - 0)
show
scene1=$now
keep 1

for i in 2 3 4 5 6 7 8; do
  old=$now
  xdotool key Next
  check "Page Down: scene $i" until_ 30 is_other
  eval "scene$i=\$now"
  keep $i
done
xdotool key Next
check "after the last there is nothing" is_same "$scene8"
rm "$folder/story.gpkg" # somebody pulled the stick out
xdotool key 3 Return
check "3 Enter: the third" until_ 30 is_same "$scene3"
xdotool key Prior
check "Page Up: the second" until_ 30 is_same "$scene2"
xdotool key 3 Return
until_ 30 is_same "$scene3"
xdotool key b
check "B: black" until_ 10 is_black
xdotool key period
check "full stop: the scene again" until_ 10 is_same "$scene3"
xdotool key slash
sleep 1
xdotool type --delay 100 nura # letters of another layout make xdotool map keys anew, which may hang
sleep 1
keep question
xdotool key Return
old=$scene3
check "a question: the wall is elsewhere" until_ 30 is_other
keep answer
xdotool key BackSpace
check "back to the scene" until_ 30 is_same "$scene3"
xdotool key l
check "L: another language" until_ 60 is_other
keep language
leave
