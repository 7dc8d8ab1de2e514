import ConfigModel
import Testing

@testable import ConfigBench

@Suite("A MongoDB URI with another database")
struct MongoDatabaseURITests {
    @Test(arguments: [
        ("mongodb://a:1,b:2", "mongodb://a:1,b:2/new"),
        ("mongodb://a:1/", "mongodb://a:1/new"),
        ("mongodb://a:1/?replicaSet=rs0", "mongodb://a:1/new?replicaSet=rs0"),
        ("mongodb://a/old?replicaSet=rs0", "mongodb://a/new?replicaSet=rs0"),
        ("mongodb+srv://a.example/old", "mongodb+srv://a.example/new"),
        ("mongodb://u:p@a/old", "mongodb://u:p@a/new?authSource=old"),
        ("mongodb://u:p@a", "mongodb://u:p@a/new?authSource=admin"),
        ("mongodb://u:p@a/old?tls=true", "mongodb://u:p@a/new?tls=true&authSource=old"),
        ("mongodb://u:p@a/old?authSource=x", "mongodb://u:p@a/new?authSource=x"),
    ])
    func keepsServersLoginAndOptionsAndWhereTheLoginIsLookedUp(uri: String, expected: String) throws {
        #expect(try MongoDatabaseURI.replacing(databaseOf: uri, with: "new") == expected)
    }

    @Test func isRefusedWhenItIsNone() {
        #expect(throws: BenchError.self) { try MongoDatabaseURI.replacing(databaseOf: "http://a", with: "new") }
    }
}
