import ConfigModel
import Testing

@Suite("A duration for people")
struct DurationWordsTests {
    @Test(arguments: [
        (Duration.zero, "0 ms"), (.microseconds(342), "0.3 ms"), (.microseconds(9_960), "10 ms"),
        (.milliseconds(5), "5 ms"), (.milliseconds(999), "999 ms"), (.seconds(1), "1 s"),
        (.milliseconds(1_500), "1.5 s"), (.milliseconds(2_049), "2 s"), (.seconds(30), "30 s"),
        (.seconds(60), "1 min"), (.seconds(90), "1 min 30 s"), (.seconds(3_600), "1 h"),
        (.seconds(3_900), "1 h 5 min"), (.seconds(-2), "-2 s"),
    ])
    func itIsWrittenInTheUnitThatFits(duration: Duration, words: String) { #expect(duration.words == words) }
}
