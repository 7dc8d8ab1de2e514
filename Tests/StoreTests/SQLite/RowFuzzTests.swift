import ConfigModel
import ConfigStore
import Foundation
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

/// Whatever another program wrote into the file, a row is a version that proves itself, or a damaged one with a reason.
@Suite(.timeLimit(.minutes(60))) struct RowFuzzTests {
    @Test func rows() async throws {
        let row = try await Self.row()
        let columns = row.keys.sorted()
        // The column, the type of its new value, the value.
        let corpus = columns.enumerated().flatMap { index, column in
            (0..<UInt8(Self.types)).map { [UInt8(index), $0] + Self.bytes(row[column] ?? .null) }
        }
        try await Fuzz.run("SQLite rows", corpus: corpus, rounds: 8_000) { (bytes) throws in
            guard bytes.count >= 2 else { return }
            var values = row
            values[columns[Int(bytes[0]) % columns.count]] = Self.value(bytes[1], bytes.dropFirst(2))
            let changed = Row(values.mapValues { $0 as (any DatabaseValueConvertible)? })
            switch StoredVersion.reading(changed) {
            case .success(let version):
                #expect(version.record.fault == nil)
                #expect(try VersionIdentity.reading(changed).get().key == version.record.key)
            case .failure(let damaged): #expect(!damaged.reason.isEmpty)
            }
            if case .failure(let damaged) = RecordOutline.reading(changed) { #expect(!damaged.reason.isEmpty) }
        }
    }

    private static let types = 6

    private static func value(_ type: UInt8, _ bytes: ArraySlice<UInt8>) -> DatabaseValue {
        let number = bytes.prefix(8).reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
        return switch Int(type) % types {
        case 0: .null
        case 1: Int64(bitPattern: number).databaseValue
        case 2: Double(bitPattern: number).databaseValue
        case 3: String(decoding: bytes, as: UTF8.self).databaseValue
        // What SQLite keeps as text need not be UTF-8; GRDB makes it so.
        case 4: (String(validating: bytes, as: UTF8.self) ?? "").databaseValue
        default: Data(bytes).databaseValue
        }
    }

    private static func bytes(_ value: DatabaseValue) -> [UInt8] {
        switch value.storage {
        case .null: []
        case .int64(let number): (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        case .double(let number): (0..<8).reversed().map { UInt8(truncatingIfNeeded: number.bitPattern >> ($0 * 8)) }
        case .string(let text): Array(text.utf8)
        case .blob(let data): Array(data)
        }
    }

    /// A signed version with all that a row may have, as the store reads it.
    private static func row() async throws -> [String: DatabaseValue] {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: Logger.silent)
            var chain = try VersionChain("tenants.acme.parsing/prod")
            #expect(try await store.append(chain.next(#"{"a":[1,2.5e3,null,"\u00e9"]}"#)) == .stored)
            let row = try await store.read { database in
                try Row.fetchOne(database, sql: "SELECT * FROM versions").map { row in
                    Dictionary(uniqueKeysWithValues: row.map { ($0, $1) })
                }
            }
            await store.close()
            return try #require(row)
        }
    }
}
