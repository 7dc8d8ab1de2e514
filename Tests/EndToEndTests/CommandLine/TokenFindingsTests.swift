import ConfigModel
import Testing

@testable import configbus

extension CommandLineTests {
    /// What `doctor` says about tokens.
    @Suite struct TokenFindingsTests {
        private static let day: Int64 = 86_400_000
        private static let now = Timestamp(milliseconds: 1_790_000_000_000)

        private func token(
            _ name: String, age: Int64 = 1, endsIn days: Int64? = 30, usedBefore used: Int64? = 0
        ) -> TokenFindings.Token {
            func time(_ days: Int64) -> Timestamp {
                Timestamp(milliseconds: Self.now.milliseconds + days * Self.day)
            }
            return TokenFindings.Token(
                id: "id-\(name)", name: name, createdAt: time(-age), expiresAt: days.map { time($0) },
                lastUsedAt: used.map { time(-$0) })
        }

        private func findings(_ tokens: TokenFindings.Token...) -> [String] {
            TokenFindings(now: Self.now).findings(tokens).map { "\($0.status.rawValue) \($0.detail)" }
        }

        @Test func tokensThatEndSoonNeverEndOrAreNotUsedAreNamedWithWhatToDo() {
            let found = findings(
                token("fine", endsIn: 8), token("soon", endsIn: 7), token("endless", endsIn: nil),
                token("unused", age: 200, usedBefore: 90), token("never", age: 90, usedBefore: nil),
                token("new", age: 89, usedBefore: nil))
            #expect(
                found == [
                    "warning These tokens end within 7 days: soon (id-soon); make others in their place with "
                        + "'configbus token rotate ID'.",
                    "warning These tokens never end: endless (id-endless); rotate them, so that a leak ends by itself.",
                    "warning These tokens were not used for 90 days: unused (id-unused), never (id-never); revoke them with "
                        + "'configbus token revoke ID'.",
                ])
        }

        @Test func manyAreCounted() {
            let tokens = (0..<12).map { token("t\($0)", endsIn: nil) }
            let found = TokenFindings(now: Self.now).findings(tokens)
            #expect(found.count == 1 && found[0].detail.contains("t9 (id-t9), 2 more;"))
        }

        @Test func nothingIsSaidTwiceWhenAllIsWell() {
            #expect(findings(token("a")) == ["good 1 living tokens; none needs attention."])
        }
    }
}
