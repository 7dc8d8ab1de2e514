import ConfigAccess
import ConfigModel
import Testing

@Suite("Refusals: the first of a kind at once, the rest when the minute ends")
struct RefusalTallyTests {
    static func refusal(
        at milliseconds: Int64 = 0, identity: String? = "ci", address: String? = "192.0.2.1",
        action: String = "readDocument", subject: String? = "a/prod", type: String = "not-allowed"
    ) -> AccessLogEntry {
        AccessLogEntry(
            at: Timestamp(milliseconds: milliseconds), registry: "r", kind: identity == nil ? .none : .token,
            identity: identity, address: address, action: action, subject: subject, status: 403, type: type)
    }

    @Test func aThousandOfOneKindAreTwoEntries() {
        var tally = RefusalTally()
        #expect(tally.note(Self.refusal()) == .log([Self.refusal()]))
        for number in 1..<1_000 { #expect(tally.note(Self.refusal(at: Int64(number) * 10)) == .counted) }
        #expect(tally.end(at: Timestamp(milliseconds: RefusalTally.period - 1)).isEmpty)
        #expect(tally.nextEnd == Timestamp(milliseconds: RefusalTally.period))
        let rest = tally.end(at: Timestamp(milliseconds: RefusalTally.period))
        #expect(rest.map(\.count) == [999] && rest.first?.at.milliseconds == 10)
        #expect(tally.nextEnd == nil && tally.end(at: nil).isEmpty)
    }

    @Test func theNextMinuteBeginsWithTheNextRefusal() {
        var tally = RefusalTally()
        _ = tally.note(Self.refusal())
        _ = tally.note(Self.refusal(at: 1))
        let later = Self.refusal(at: RefusalTally.period)
        guard case .log(let entries) = tally.note(later) else {
            Issue.record("not logged")
            return
        }
        #expect(entries == [Self.refusal(at: 1), later])
        #expect(tally.note(Self.refusal(at: RefusalTally.period + 1)) == .counted)
    }

    @Test(arguments: [
        RefusalTallyTests.refusal(identity: "other"), RefusalTallyTests.refusal(action: "watch"),
        RefusalTallyTests.refusal(type: "rate-limited"), RefusalTallyTests.refusal(identity: nil),
    ])
    func anotherIdentityActionOrTypeIsAnotherKind(_ other: AccessLogEntry) {
        var tally = RefusalTally()
        _ = tally.note(Self.refusal())
        #expect(tally.note(other) == .log([other]))
    }

    @Test func withoutAnIdentityTheAddressDecides() {
        var tally = RefusalTally()
        let (first, second) = (Self.refusal(identity: nil), Self.refusal(identity: nil, address: "192.0.2.2"))
        #expect(tally.note(first) == .log([first]))
        #expect(tally.note(second) == .log([second]))
        #expect(tally.note(first) == .counted)
    }

    @Test func anEntryForSeveralNamesOnlyWhatIsTheSameForAll() {
        var tally = RefusalTally()
        for (number, subject) in ["a/prod", "b/prod", "b/prod"].enumerated() {
            _ = tally.note(Self.refusal(at: Int64(number), subject: subject))
        }
        #expect(tally.end(at: nil).map(\.subject) == ["b/prod"])
        for subject in ["a/prod", "b/prod", "c/prod"] { _ = tally.note(Self.refusal(subject: subject)) }
        #expect(tally.end(at: nil).map(\.subject) == [nil])
    }

    @Test func theKindsThatAreKnownAreBounded() {
        var tally = RefusalTally(capacity: 2)
        for name in ["a", "b"] { _ = tally.note(Self.refusal(identity: name)) }
        #expect(tally.note(Self.refusal(identity: "c")) == .lost)
        #expect(tally.note(Self.refusal(identity: "a")) == .counted)
        _ = tally.end(at: nil)
        let later = Self.refusal(identity: "c")
        #expect(tally.note(later) == .log([later]))
    }
}
