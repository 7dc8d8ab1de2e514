import ChangeChecks
import ConfigModel
import Testing

/// Each secret is refused with its rule, wherever it stands.
@Suite struct SecretCorpusTests {
    /// Where a text can stand: the content around it, and the pointer to it.
    private static let places: [(around: @Sendable (JSONValue) throws -> JSONValue, pointer: String)] = [
        ({ try object([("x", $0)]) }, "/x"),
        ({ try object([("a", .number(JSONNumber(1))), ("b", object([("c~/", object([("x", $0)]))]))]) }, "/b/c~0~1/x"),
        ({ try object([("list", .array([.string("first"), $0]))]) }, "/list/1"),
        ({ try object([("list", .array([.array([]), object([("x", .array([$0]))])]))]) }, "/list/1/x/0"),
    ]

    private static func object(_ members: [(String, JSONValue)]) throws -> JSONValue {
        try .object(JSONObject(members.map { (key: $0.0, value: $0.1) }))
    }

    private func report(
        _ content: JSONValue, comment: String = "change", author: String = "alice", head: JSONValue? = nil
    ) -> CheckReport {
        SecretCheck.report(content: content, comment: comment, author: author, head: head, notSecret: [])
    }

    /// Whether a report refuses with one rule at one place, and says nothing of the secret.
    private func expectRefusal(
        _ report: CheckReport, _ rule: String, at pointer: String, hiding secret: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        let found = report.findings.contains {
            $0.check == .secret && $0.rule == rule && $0.pointer == pointer && $0.override == "secret:\(pointer)"
        }
        #expect(found, "\(report.findings)", sourceLocation: location)
        #expect(report.findings.allSatisfy { $0.pointer == pointer }, sourceLocation: location)
        for finding in report.findings + report.warnings {
            #expect(!finding.json.description.contains(secret), sourceLocation: location)
        }
    }

    @Test func theCorporaAreLarge() {
        #expect(SecretText.all.count >= 60)
        #expect(SecretSetting.all.count >= 60)
        #expect(HarmlessContents.all.count >= 300)
        let rules = Set(SecretText.all.map(\.rule))
        #expect(rules.count == 19)
    }

    @Test(arguments: SecretText.all) func inAValue(_ secret: SecretText) throws {
        for place in Self.places {
            let content = try place.around(.string(secret.text))
            expectRefusal(report(content), secret.rule, at: place.pointer, hiding: secret.text)
        }
    }

    @Test(arguments: SecretText.all) func inAURL(_ secret: SecretText) throws {
        guard !secret.isAssignment, secret.rule != "url-password", secret.rule != "private-key" else { return }
        let content = try Self.object([("url", .string("https://example.com/a?state=1&value=\(secret.text)"))])
        expectRefusal(report(content), secret.rule, at: "/url", hiding: secret.text)
    }

    @Test(arguments: SecretText.all) func inTheComment(_ secret: SecretText) throws {
        let content = try Self.object([])
        expectRefusal(report(content, comment: secret.text), secret.rule, at: "comment", hiding: secret.text)
        expectRefusal(report(content, comment: "try \(secret.text)"), secret.rule, at: "comment", hiding: secret.text)
    }

    @Test(arguments: SecretText.all) func asTheAuthor(_ secret: SecretText) throws {
        let content = try Self.object([])
        expectRefusal(report(content, author: secret.text), secret.rule, at: "created_by", hiding: secret.text)
    }

    @Test(arguments: SecretText.all) func asAKey(_ secret: SecretText) throws {
        guard !secret.isAssignment else { return }
        let content = try Self.object([("map", Self.object([(secret.text, .bool(true))]))])
        expectRefusal(report(content), secret.rule, at: "/map/***", hiding: secret.text)
    }

    @Test(arguments: SecretText.all) func underASecretName(_ secret: SecretText) throws {
        let content = try Self.object([("password", .string(secret.text))])
        expectRefusal(report(content), secret.rule, at: "/password", hiding: secret.text)
    }

    @Test(arguments: SecretText.all) func theSameInTheHeadIsAWarning(_ secret: SecretText) throws {
        for place in Self.places {
            let content = try place.around(.string(secret.text))
            let report = report(content, head: content)
            #expect(report.findings == [])
            #expect(report.warnings.contains { $0.rule == secret.rule && $0.pointer == place.pointer })
        }
    }

    @Test(arguments: SecretSetting.all) func underItsName(_ setting: SecretSetting) throws {
        for place in Self.places {
            let content = try place.around(Self.object([(setting.key, .string(setting.value))]))
            let pointer = place.pointer + JSONPointer(tokens: [setting.key]).description
            expectRefusal(report(content), "named", at: pointer, hiding: setting.value)
        }
    }

    @Test(arguments: SecretSetting.all) func insideOfWhatHasTheName(_ setting: SecretSetting) throws {
        let value = JSONValue.string(setting.value)
        let list = try Self.object([(setting.key, .array([.null, value]))])
        let members = try Self.object([(setting.key, Self.object([("first", value)]))])
        let pointer = JSONPointer(tokens: [setting.key]).description
        expectRefusal(report(list), "named", at: pointer + "/1", hiding: setting.value)
        expectRefusal(report(members), "named", at: pointer + "/first", hiding: setting.value)
    }

    @Test(arguments: SecretSetting.all) func inAPair(_ setting: SecretSetting) throws {
        for (name, value) in [("name", "value"), ("key", "value"), ("Name", "Value")] {
            let pair = try Self.object([(name, .string(setting.key)), (value, .string(setting.value))])
            let content = try Self.object([("env", .array([pair]))])
            expectRefusal(report(content), "named", at: "/env/0/\(value)", hiding: setting.value)
        }
    }

    @Test(arguments: SecretSetting.all) func inAnItem(_ setting: SecretSetting) throws {
        for text in ["\(setting.key)=\(setting.value)", "--\(setting.key)=\(setting.value)"] {
            let content = try Self.object([("args", .array([.string("run"), .string(text)]))])
            expectRefusal(report(content), "named", at: "/args/1", hiding: setting.value)
        }
        let apart = try Self.object([("args", .array([.string("--\(setting.key)"), .string(setting.value)]))])
        expectRefusal(report(apart), "named", at: "/args/1", hiding: setting.value)
    }
}
