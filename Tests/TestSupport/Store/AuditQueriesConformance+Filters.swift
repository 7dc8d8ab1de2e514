import ConfigModel
import ConfigStore
import Testing

/// Filters and their combinations against a model.
extension AuditQueriesConformance {
    private static let services = ["tenants.acme", "tenants.acme.ui", "tenants.acme2", "parsing"]
    private static let environments = ["prod", "default", DocumentKey.schemaEnvironment]
    private static let authors = ["ann", "Zo\u{E9}", "Zoe\u{301}", "b\u{0}b", ""]
    private static let start: Int64 = 1_790_000_000_000

    func everyFilterNarrows() async throws {
        var generator = SeededGenerator(seed: 22)
        let records = try await history(of: 240, &generator)
        var widths = Set<Int>()
        for _ in 0..<150 {
            let query = Self.query(for: records, &generator)
            let expected = records.reversed().filter(query.fits).map {
                VersionIdentity(key: $0.key, version: $0.version)
            }
            #expect(try await all(query).identities == expected, "\(query)")
            widths.insert(min(expected.count, 10))
        }
        // The model was worth something: queries found nothing, little and much.
        #expect(widths.contains(0) && widths.contains(1) && widths.contains(10))
    }

    private func history(of count: Int, _ generator: inout SeededGenerator) async throws -> [VersionRecord] {
        var last: [DocumentKey: VersionRecord] = [:]
        var records: [VersionRecord] = []
        for number in 0..<count {
            let key = try DocumentKey(
                storedService: Self.services.randomElement(using: &generator) ?? "",
                environment: Self.environments.randomElement(using: &generator) ?? "")
            let record = Self.record(number, of: key, after: last[key], &generator)
            last[key] = record
            records.append(record)
        }
        try await stored(records)
        return records
    }

    private static func record(
        _ number: Int, of key: DocumentKey, after last: VersionRecord?, _ generator: inout SeededGenerator
    ) -> VersionRecord {
        let isLiving = last.map { !$0.isTombstone } ?? false
        let type: ChangeType =
            isLiving ? (Int.random(in: 0..<4, using: &generator) == 0 ? .deleted : .updated) : .created
        let version = (last?.version ?? 0) + 1
        let changeID = "change-\(number)"
        let set = ChangeSet(epoch: VersionChain.epoch, changeID: changeID, versions: [(key, version)])
        return VersionRecord(
            key: key, version: version, changeType: type,
            content: Content(canonical: Array((type == .deleted ? "{}" : #"{"n":\#(number)}"#).utf8)),
            previousHash: last?.recordHash, epoch: VersionChain.epoch, changeID: changeID,
            correlationID: [nil, "r\(number % 5)", "r\u{0}"].randomElement(using: &generator) ?? nil,
            changeSet: number % 20 == 0 ? set : nil,
            createdAt: Timestamp(milliseconds: start + Int64(number) * 1_000),
            createdBy: authors.randomElement(using: &generator) ?? "", comment: "",
            overrides: number % 7 == 0 ? #"["blast-radius"]"# : nil)
    }

    /// About half of the queries have one filter, the others several.
    private static func query(for records: [VersionRecord], _ generator: inout SeededGenerator) -> AuditQuery {
        var query = AuditQuery(limit: Int.random(in: 1...60, using: &generator))
        let sample = records.randomElement(using: &generator)
        for _ in 0..<max(1, Int.random(in: 0...4, using: &generator)) {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: query.service = services.randomElement(using: &generator)
            case 1: query.prefix = ["tenants", "tenants.acme", "parsing", "p"].randomElement(using: &generator)
            case 2: query.environment = (environments + ["test"]).randomElement(using: &generator)
            case 3: query.createdBy = (authors + ["zoe"]).randomElement(using: &generator)
            case 4: query.changeType = ChangeType.allCases.randomElement(using: &generator)
            case 5: query.correlationID = sample?.correlationID ?? "r1"
            case 6: query.changeSetID = sample?.changeSet?.id ?? records[0].changeSet?.id
            case 7: query.hasOverrides = true
            case 8: query.since = sample?.createdAt
            default: query.until = sample?.createdAt
            }
        }
        return query
    }
}
