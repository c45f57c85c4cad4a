#!/bin/sh
# Makes episode.mp4: a short talk in three spoken parts with pauses between them, each under its own picture,
# so that a transcript, chapters (silence and scene changes), an MP3 and a 1080p MP4 can be made of it.
# Needs ffmpeg and espeak-ng. Usage: ./make-episode.sh [OUTPUT]
set -eu

output=${1:-"$(dirname "$0")/episode.mp4"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

speak() { espeak-ng -v en-us -s 150 -p "$2" -w "$work/spoken-$1.wav" "$3"; }

speak 1 45 "Welcome to the show. Today we follow one episode from the first upload to the last platform."
speak 2 60 "First comes the sound. The audio is taken out of the video, and a machine writes down every word."
speak 3 35 "Then comes the picture. When all of it is ready, the episode goes out. Thank you for listening."

# One part: its picture stays as long as its speech, and for a pause after it.
part() {
    ffmpeg -v error -y -i "$work/spoken-$1.wav" -af "aresample=44100,apad=pad_dur=1.5" "$work/part-$1.wav"
    seconds=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/part-$1.wav")
    ffmpeg -v error -y -f lavfi -t "$seconds" -i "$2" -i "$work/part-$1.wav" \
        -vf "fps=25,setsar=1,format=yuv420p" -c:v libx264 -preset veryslow -tune stillimage -crf 30 -g 250 \
        -c:a pcm_s16le "$work/part-$1.mkv"
    echo "file 'part-$1.mkv'" >>"$work/parts.txt"
}

part 1 "smptehdbars=size=1280x720"
part 2 "color=c=0x1d3557:size=1280x720,drawbox=x=160:y=120:w=960:h=480:color=0xf1faee:t=fill,drawbox=x=320:y=240:w=640:h=240:color=0xe63946:t=fill"
part 3 "gradients=size=1280x720:c0=0x2a9d8f:c1=0xe9c46a:x0=0:y0=0:x1=1280:y1=720:speed=0.00001:n=2"

ffmpeg -v error -y -f concat -safe 0 -i "$work/parts.txt" -c:v copy -c:a aac -b:a 64k -ac 2 \
    -map_metadata -1 -fflags +bitexact -flags:a +bitexact -movflags +faststart "$output"

ls -l "$output"
