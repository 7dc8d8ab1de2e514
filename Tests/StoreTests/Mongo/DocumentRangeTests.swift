import ConfigModel
import ConfigStore
import Testing

@testable import MongoStore

struct DocumentRangeTests {
    @Test func rangesMeetWhereBothHold() {
        let name = NameRange(only: "b")
        #expect(NameRange.all.intersection(name) == name)
        #expect(name.intersection(NameRange(after: "a")) == name)
        #expect(name.intersection(NameRange(after: "b")) == nil)
        #expect(name.intersection(NameRange(only: "c")) == nil)
        #expect(NameRange(after: "a").intersection(NameRange(after: "b")) == NameRange(after: "b"))
    }

    @Test func everythingIsOneRange() {
        #expect(DocumentRange.ranges(of: HeadQuery()) == [DocumentRange(environments: .unreserved, services: .all)])
    }

    /// Behind a key: the rest of its environment, and the environments behind that.
    @Test func placeInTheMiddleMakesTwoRanges() throws {
        let after = try DocumentKey(service: "b", environment: "prod")
        let behind = try #require(NameRange(after: "prod").intersection(.unreserved))
        #expect(
            DocumentRange.ranges(of: HeadQuery(after: after)) == [
                DocumentRange(environments: NameRange(only: "prod"), services: NameRange(after: "b")),
                DocumentRange(environments: behind, services: .all),
            ])
        #expect(
            DocumentRange.ranges(of: HeadQuery(environment: "prod", after: after)) == [
                DocumentRange(environments: NameRange(only: "prod"), services: NameRange(after: "b"))
            ])
        #expect(DocumentRange.ranges(of: HeadQuery(environment: "dev", after: after)) == [])
        #expect(DocumentRange.ranges(of: HeadQuery(environment: "prod", service: "a", after: after)) == [])
    }

    @Test func reservedEnvironmentIsReadByItsNameOnly() throws {
        #expect(NameRange.unreserved.intersection(NameRange(only: "~schema")) == nil)
        #expect(NameRange.unreserved.intersection(NameRange(only: "zzz")) == NameRange(only: "zzz"))
        let after = try DocumentKey(service: "b", reserved: "schema")
        #expect(DocumentRange.ranges(of: HeadQuery(after: after)) == [])
        #expect(
            DocumentRange.ranges(of: HeadQuery(environment: "~schema", after: after)) == [
                DocumentRange(environments: NameRange(only: "~schema"), services: NameRange(after: "b"))
            ])
    }

    @Test func prefixIsANameAndWhatLiesBelowIt() {
        let ranges = DocumentRange.ranges(of: HeadQuery(prefix: "a.b"))
        #expect(ranges.map(\.services) == NameRange.segments("a.b"))
        #expect(
            DocumentRange.ranges(of: HeadQuery(service: "a.b.c", prefix: "a.b")).map(\.services) == [
                NameRange(only: "a.b.c")
            ])
        #expect(DocumentRange.ranges(of: HeadQuery(service: "a.bc", prefix: "a.b")) == [])
    }
}
