import ConfigModel
import Testing

/// What an author may name to let a finding pass.
struct CheckOverridesTests {
    @Test(arguments: ["", "secret", "secret:", "everything", "Blast-Radius", "schema:/a", "*"])
    func refusesWhatOverridesNoCheck(name: String) {
        #expect(throws: InvalidOverride.self) { try CheckOverrides([name]) }
    }

    @Test func keepsEachNameOnceInTheOrderOfItsBytes() throws {
        let overrides = try CheckOverrides(["secret:/b", "blast-radius", "secret:/a", "secret:/b"])
        #expect(overrides.names == ["blast-radius", "secret:/a", "secret:/b"])
    }

    @Test func hasAtMost4KiB() throws {
        _ = try CheckOverrides(["secret:/" + String(repeating: "a", count: 4_000)])
        #expect(throws: InvalidOverride.self) {
            try CheckOverrides(["secret:/" + String(repeating: "a", count: 4_096)])
        }
    }

    @Test func coversOnlyTheSecretAtItsPlace() throws {
        let overrides = try CheckOverrides(["secret:/db/password"])
        #expect(overrides.cover(secret(at: "/db/password")))
        #expect(!overrides.cover(secret(at: "/db/password2")))
        #expect(!overrides.cover(CheckFinding(.secret, rule: "aws", pointer: "/db/password", message: "A key.")))
    }

    @Test func recordsTheFindingsThatWereLetPassAsCanonicalJSON() {
        #expect(CheckOverrides.recorded(of: []) == nil)
        #expect(
            CheckOverrides.recorded(of: [secret(at: "/b"), secret(at: "/a"), secret(at: "/b")])
                == #"["secret:/a","secret:/b"]"#)
    }

    @Test func aFindingComesBackFromItsJSON() {
        let whole = CheckFinding(
            .schema, rule: "type", pointer: "/port", keyword: "type", schemaPointer: "/properties/port/type",
            environment: "prod", message: "It must be an integer.", override: "schema")
        for finding in [whole, secret(at: "/a")] { #expect(CheckFinding(json: finding.json) == finding) }
    }

    private func secret(at pointer: String) -> CheckFinding {
        CheckFinding(.secret, rule: "named", pointer: pointer, message: "A password.", override: "secret:\(pointer)")
    }
}
