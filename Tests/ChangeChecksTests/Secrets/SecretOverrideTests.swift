import ChangeChecks
import ConfigModel
import Testing

/// An override lets pass what its author saw, and no further secret at the same place.
@Suite struct SecretOverrideTests {
    private static func key(_ seed: UInt64) -> String {
        "AK" + "IA" + SecretText.draw(16, SecretText.base32, seed: seed)
    }

    private func report(_ content: JSONValue, comment: String = "", author: String = "") -> CheckReport {
        SecretCheck.report(content: content, comment: comment, author: author, head: nil, notSecret: [])
    }

    private func content(_ json: String) throws -> JSONValue { try JSONValue(parsing: Array(json.utf8)) }

    private func names(_ report: CheckReport) -> Set<String> { Set(report.findings.compactMap(\.override)) }

    @Test func keysThatAreNotShownAreNamedWithTheirNumber() throws {
        func keys(_ count: Int) throws -> CheckReport {
            let members = (1...count).map { #""\#(Self.key(UInt64($0)))":1"# }.joined(separator: ",")
            return report(try content(#"{"map":{\#(members)}}"#))
        }
        #expect(names(try keys(1)) == ["secret:/map/***"])
        #expect(names(try keys(2)) == ["secret:2:/map/***"])
        #expect(names(try keys(3)) == ["secret:3:/map/***"])
        let seen = try CheckOverrides(["secret:2:/map/***"])
        let (two, three) = (try keys(2), try keys(3))
        #expect(two.findings.allSatisfy(seen.cover))
        #expect(!three.findings.contains(where: seen.cover))
        // One that is really called so has the same name.
        let mixed = report(try content(#"{"map":{"***":"\#(Self.key(1))","\#(Self.key(2))":1}}"#))
        #expect(names(mixed) == ["secret:2:/map/***"])
    }

    @Test func severalInOneTextAreNamedWithTheirNumber() throws {
        let (first, second) = (Self.key(1), Self.key(2))
        let token = "gh" + "p_" + SecretText.draw(36)
        let empty = JSONValue.object(JSONObject())
        for (text, count) in [
            (first, 1), ("\(first) \(second)", 2), ("\(first) \(token)", 2), ("\(first), \(second) and \(token)", 3),
            // The same secret twice is two, one that two rules find is one.
            ("\(first) \(first)", 2), ("password=\(token)", 1), ("password=\(token);pwd=\(first)", 2),
        ] {
            let number = count > 1 ? "\(count):" : ""
            #expect(names(report(empty, comment: text)) == ["secret:\(number)comment"], "\(text)")
            #expect(names(report(empty, author: text)) == ["secret:\(number)created_by"], "\(text)")
            let value = report(try .object(JSONObject([("x", .string(text))])))
            #expect(names(value) == ["secret:\(number)/x"], "\(text)")
        }
    }

    @Test func whatOnlyWarnsIsNotCounted() throws {
        let (old, new) = (Self.key(1), Self.key(2))
        let head = try content(#"{"map":{"\#(old)":1}}"#)
        let next = try content(#"{"map":{"\#(old)":1,"\#(new)":1}}"#)
        let report = SecretCheck.report(content: next, comment: "", author: "", head: head, notSecret: [])
        #expect(names(report) == ["secret:/map/***"])
    }
}
