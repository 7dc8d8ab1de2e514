import ConfigModel
import RegistryAPI
import Testing

@Suite struct EntityTagTests {
    @Test func isTheEpochNumberAndTheVersionInQuotes() {
        #expect(EntityTag(epochNumber: 3, version: 17).description == "\"3.17\"")
        #expect(EntityTag(parsing: "\"3.17\"") == EntityTag(epochNumber: 3, version: 17))
    }

    @Test(arguments: [
        "3.17", "\"3\"", "\"3.17.1\"", "\"03.17\"", "W/\"3.17\"", "\"\"", "\"", "", "\"a.b\"", "\"3.17", "*",
    ])
    func nothingElseIsOne(_ text: String) {
        #expect(EntityTag(parsing: text) == nil)
    }
}

@Suite struct EntityTagListTests {
    @Test(arguments: [
        ("\"1.7\"", "\"1.7\"", true), ("W/\"1.7\"", "\"1.7\"", true), ("\"1.6\", \"1.7\"", "\"1.7\"", true),
        ("\"a,b\" ,\tW/\"1.7\" ", "\"1.7\"", true), ("\"1.6\"", "\"1.7\"", false), ("\"1.7.2\"", "\"1.7\"", false),
    ])
    func matchesWeakly(_ header: String, _ etag: String, _ matches: Bool) throws {
        #expect(try #require(EntityTagList(parsing: header)).containsWeakly(etag) == matches)
    }

    @Test func theAsteriskStandsAlone() throws {
        #expect(try #require(EntityTagList(parsing: "*")).isAny)
        #expect(EntityTagList(parsing: "\"1.7\", *") == nil)
    }

    @Test(arguments: ["", "1.7", "\"1.7", "\"1.7\" \"1.8\"", "\"1.7\",", ",", "w/\"1.7\""])
    func nothingElseIsAList(_ header: String) {
        #expect(EntityTagList(parsing: header) == nil)
    }
}
