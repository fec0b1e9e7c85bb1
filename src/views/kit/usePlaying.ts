import { useEffect, useState } from "react";

/**
 * Plays a line from where it stands to its end, from its beginning where it stands at the end; again where the pace changes.
 *
 * @param pace places a second. @param show is told each place on the way, the end included.
 */
export function usePlaying(
  at: number,
  end: number,
  pace: number,
  show: (place: number) => void,
): readonly [playing: boolean, setPlaying: (on: boolean) => void] {
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    let place = at >= end ? 0 : at;
    let since = performance.now();
    let request = requestAnimationFrame(function turn(now) {
      place = Math.min(end, place + (pace * Math.max(0, now - since)) / 1000);
      since = now;
      show(place);
      if (place >= end) setPlaying(false);
      else request = requestAnimationFrame(turn);
    });
    return () => cancelAnimationFrame(request);
    // What is played is what there is when it begins; what comes meanwhile is for the next time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [playing, pace]);
  return [playing, setPlaying];
}
