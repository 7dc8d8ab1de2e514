import ConfigModel
import Testing

/// What an author may name to let a finding pass.
struct CheckOverridesTests {
    @Test(arguments: [
        "", "secret", "secret:", "everything", "Blast-Radius", "schema:/a", "*", "secret:x", "secret:/~5",
        "secret:/a/~", "secret:comments", "secret:1:/a", "secret:02:/a", "secret:2:", "secret:2/a", "secret:2:x",
        "secret:-2:/a",
        "secret:99999999999999999999:/a",
    ])
    func refusesWhatOverridesNoCheck(name: String) {
        #expect(throws: InvalidOverride.self) { try CheckOverrides([name]) }
    }

    @Test(arguments: [
        "blast-radius", "schema", "schema-breaks", "secret:/", "secret:/a b/c~1d~0", "secret:/1:2", "secret:comment",
        "secret:created_by", "secret:2:comment", "secret:12:/map/***",
    ])
    func takesWhatAFindingIsLetPassBy(name: String) throws {
        #expect(try CheckOverrides([name]).names == [name])
    }

    @Test func eachKindOfChangeTakesItsOwn() throws {
        let document = ["blast-radius", "schema", "secret:/a", "secret:2:comment"]
        let schema = ["schema-breaks", "secret:comment", "secret:created_by"]
        #expect(try CheckOverrides(document, for: [.document]).names == document)
        #expect(try CheckOverrides(schema, for: [.schema]).names == schema)
        _ = try CheckOverrides(document + schema, for: [.document, .schema])
        for name in document.prefix(3) {
            let error = try #require(throws: InvalidOverride.self) { try CheckOverrides([name], for: [.schema]) }
            #expect(error.description.contains("use schema-breaks, secret:comment or secret:created_by"))
        }
        let error = try #require(throws: InvalidOverride.self) { try CheckOverrides(schema, for: [.document]) }
        #expect(error.description.contains("use blast-radius, schema or secret:POINTER"))
    }

    @Test func findingsHaveRoomInOneChangeOrCannotBeLetPass() {
        let long = String(repeating: "a", count: 1_000)
        #expect(CheckOverrides.haveRoom((1...3).map { secret(at: "/\(long)\($0)") }))
        #expect(!CheckOverrides.haveRoom((1...5).map { secret(at: "/\(long)\($0)") }))
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
