import EventBus
import TestSupport
import Testing

struct TopicPatternTests {
    @Test(arguments: TopicSample.all)
    func matchesByWord(_ sample: TopicSample) {
        let pattern = TopicPattern(sample.pattern)
        for key in sample.matching { #expect(pattern.matches(key), "'\(sample.pattern)' against '\(key)'") }
        for key in sample.others { #expect(!pattern.matches(key), "'\(sample.pattern)' against '\(key)'") }
    }

    @Test func emptyPatternMatchesTheEmptyKeyOnly() {
        #expect(TopicPattern("").matches(""))
        #expect(!TopicPattern("").matches("a"))
    }

    @Test func manyWildcardsDoNotExplode() {
        let pattern = TopicPattern(Array(repeating: "#.a", count: 40).joined(separator: "."))
        #expect(!pattern.matches(Array(repeating: "a", count: 120).joined(separator: ".") + ".b"))
    }
}
