import ConfigAccess
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@Suite("A position in the access log") struct AccessLogPositionTests {
    @Test func isGreaterForALaterEntryAlsoWithinOneMillisecondAndCanBeReadAgain() {
        let entries = [0, 9, 10, 1_790_000_000_000, 1_790_000_000_000].map { AccessLogEntry.sample(at: $0) }
        let texts = AccessLogPosition.new(for: entries).map(\.text)
        #expect(texts == texts.sorted() && Set(texts).count == texts.count)
        #expect(texts.allSatisfy { AccessLogPosition(parsing: $0)?.text == $0 })
        #expect(texts.allSatisfy { $0 > AccessLogPosition.start(of: Timestamp(milliseconds: 0)) })
        #expect(texts[1] < AccessLogPosition.start(of: Timestamp(milliseconds: 10)))
    }

    @Test(arguments: ["", "x", "000000000000001-0123456-0000000", "000000000000001_01234567_000000"])
    func isNoOtherText(text: String) { #expect(AccessLogPosition(parsing: text) == nil) }
}
