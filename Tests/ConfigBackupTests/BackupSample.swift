import ConfigAccess
import ConfigBackup
import ConfigModel
import ConfigSignatures
import ConfigStore
import TestSupport

/// A backup as a registry writes it, and what a reader makes of bytes.
enum BackupSample {
    /// A store with histories, a schema, a change set, an anchor and identities.
    static func store(signer: RecordSigner? = nil) async throws -> InMemoryVersionStore {
        let store = InMemoryVersionStore()
        for name in ["parsing/prod", "parsing/staging", "tenants.acme/prod"] {
            var chain = try VersionChain(name)
            for number in 1...4 {
                var record = chain.next(#"{"n":\#(number),"text":"line\#u{2028}end"}"#, comment: "the \"\(number)\"th")
                if let signer { record = record.signed(try signer.sign(record)) }
                _ = try await store.append(record)
            }
        }
        var schema = VersionChain(try DocumentKey(service: "parsing", reserved: "schema"))
        var record = schema.next(#"{"checks":{},"schema":true}"#)
        if let signer { record = record.signed(try signer.sign(record)) }
        _ = try await store.append(record)
        for record in try VersionChain.set(["a/prod", "z/prod"]) {
            _ = try await store.append(signer.map { record.signed(try $0.sign(record)) } ?? record)
        }
        _ = try await store.raiseAnchor(
            AuditAnchor(log: "main", count: 7, checkpoint: Array("{}".utf8), owner: "audit"))
        var token = try AccessToken.sample("ci", ["publisher:#/prod"], rights: [.emergency])
        token.lastUsedAt = Timestamp(milliseconds: 5_000)
        _ = try await store.addToken(token, limit: 10)
        _ = try await store.addDenial(.sample("mallory"), limit: 10)
        return store
    }

    static func bytes(
        of store: any RegistryStore, hasAccess: Bool = true
    ) async throws -> [UInt8] {
        var writer = BackupWriter(
            of: store, registry: "host-1", hasAccess: hasAccess, at: Timestamp(milliseconds: 1_790_000_000_000))
        var bytes: [UInt8] = []
        while let piece = try await writer.next() { bytes += piece }
        return bytes
    }

    /// What a backup of these bytes holds.
    ///
    /// - Throws: `BackupFault`.
    static func read(
        _ bytes: [UInt8], keys: TrustedKeys? = nil
    ) throws -> (summary: BackupSummary, items: [BackupItem]) {
        var (lines, scan) = (BackupLines(), BackupScan(keys: keys))
        var items: [BackupItem] = []
        for start in stride(from: 0, to: bytes.count, by: 1_000) {
            lines.append(bytes[start..<min(start + 1_000, bytes.count)])
            while let line = lines.next() {
                if let item = try scan.take(line) { items.append(item) }
            }
        }
        return (try scan.summary(hasRest: lines.hasRest), items)
    }

    static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    static func joined(_ lines: [[UInt8]]) -> [UInt8] { lines.flatMap { $0 + [UInt8(ascii: "\n")] } }

    /// The lines between the first and the last one, with a last one that fits whatever they are.
    static func sealed(_ header: [UInt8], _ items: [BackupItem]) -> [UInt8] {
        let lines = [header] + items.map(\.jsonBytes)
        var counts = BackupTrailer.Counts()
        var keys: Set<DocumentKey> = []
        for item in items {
            switch item {
            case .record(let record):
                counts.versions += 1
                keys.insert(record.key)
            case .pruned(let pruned): keys.insert(pruned.key)
            case .anchor: counts.anchors += 1
            case .name: break
            case .token: counts.tokens += 1
            case .denial: counts.denials += 1
            }
        }
        counts.documents = keys.count
        let trailer = BackupTrailer(counts: counts, checksum: SHA256Text.hash(joined(lines)))
        return joined(lines + [trailer.jsonBytes])
    }
}
