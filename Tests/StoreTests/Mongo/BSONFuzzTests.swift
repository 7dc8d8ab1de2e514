import CMongoC
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

/// Whatever the database answers, a row is a version that proves itself, or a damaged one with a reason.
@Suite(.timeLimit(.minutes(60))) struct BSONFuzzTests {
    private static func bytes(_ fields: BSONFields) throws -> [UInt8] {
        let document = try BSONDocument.encoding(fields)
        let bytes = Array(UnsafeBufferPointer(start: bson_get_data(document.pointer), count: document.length))
        // The document lives until here.
        return Array(bytes.prefix(document.length))
    }

    /// The length that a document names is its own, and it has an end.
    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 5 else { return [5, 0, 0, 0, 0] }
        let length = UInt32(bytes.count)
        return (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + bytes.dropFirst(4).dropLast() + [0]
    }

    /// Lends a document as the driver does; nothing when the driver would not.
    private static func lend(_ bytes: [UInt8], _ body: (BSONView) throws -> Void) rethrows {
        guard let document = bson_new_from_data(bytes, bytes.count) else { return }
        defer { bson_destroy(document) }
        try body(BSONView(document))
    }

    @Test func rows() async throws {
        var chain = try VersionChain("tenants.acme.parsing/prod")
        var rows: [[UInt8]] = []
        for content in [#"{"a":[1,2.5e3,null,"\u00e9"]}"#, "{}"] {
            var fields = chain.next(content).bsonFields()
            rows.append(try Self.bytes(fields))
            for (name, value) in [
                ("signature", "c2ln"), ("key_id", "0123456789abcdef"), ("correlation_id", "trace"), ("overrides", "[]"),
            ] {
                fields.append(name, value)
            }
            rows.append(try Self.bytes(fields))
        }
        await Fuzz.run("BSON rows", corpus: rows, rounds: 8_000) { bytes in
            for bytes in [bytes, Self.repaired(bytes)] {
                Self.lend(bytes) { row in
                    let identity = VersionIdentity.reading(row)
                    switch StoredVersion.reading(row) {
                    case .success(let version):
                        #expect(version.record.fault == nil && (try? identity.get().version) == version.record.version)
                    case .failure(let damaged): #expect(!damaged.reason.isEmpty)
                    }
                    if case .failure(let damaged) = RecordOutline.reading(row) { #expect(!damaged.reason.isEmpty) }
                }
            }
        }
    }

    /// Answers of commands: fields of any type, in any depth.
    @Test func replies() async throws {
        let replies: [BSONFields] = [
            ["ok": 1, "n": 3, "cursor": ["id": 0, "firstBatch": [["_id": ["s": "a", "v": 1]], ["v": true]]]],
            [
                "ok": 0, "code": 11_000, "errmsg": "duplicate", "at": .date(1), "bytes": .binary([1, 2]),
                "t": .serverTimestamp,
            ],
        ]
        await Fuzz.run("BSON replies", corpus: try replies.map(Self.bytes), rounds: 8_000) { bytes in
            for bytes in [bytes, Self.repaired(bytes)] { Self.lend(bytes) { Self.read($0, depth: 0) } }
        }
    }

    /// Everything that is read of a document, whatever it holds.
    private static func read(_ document: BSONView, depth: Int) {
        #expect(document.length >= 5)
        for (name, _) in document.numbers {
            _ = try? document.stringIfPresent(name)
            _ = try? document.int64IfPresent(name)
            _ = try? document.boolIfPresent(name)
            _ = try? document.dateIfPresent(name)
            _ = try? document.timestampIfPresent(name)
            _ = try? document.binaryIfPresent(name)
            guard depth < 4 else { continue }
            _ = try? document.documentIfPresent(name) { (nested) throws(MongoFailure) in read(nested, depth: depth + 1)
            }
            _ = try? document.documents(name) { (nested) throws(MongoFailure) in read(nested, depth: depth + 1) }
        }
    }
}
