import ConfigBackup
import ConfigModel
import ConfigStore
import Foundation
import MongoStore
import SQLiteStore
import TestSupport
import Testing

extension TestBench {
    /// The lines of a backup between the first one and the last.
    func backedUp(_ file: String) throws -> [String] {
        let lines = try String(contentsOfFile: path(file), encoding: .utf8).split(separator: "\n").map(String.init)
        return Array(lines.dropFirst().dropLast())
    }

    /// Takes a backup, and verifies it.
    func backup(_ registry: RunningRegistry, to file: String, _ options: [String] = []) async throws -> CommandResult {
        let taken = try await configbus(["backup", path(file)] + options, at: registry)
        #expect(taken.status == .exited(0), "\(taken.errors)")
        let verified = try await configbus("backup", "verify", path(file), "-o", "json")
        #expect(verified.status == .exited(0), "\(verified.errors)")
        return verified
    }

    /// The options that name this test's store of a kind.
    func storeOptions(_ store: CommandStore, directory: String = "restored") throws -> [String] {
        switch store {
        case .embedded: ["--data-dir", path(directory)]
        case .mongodb: ["--mongodb-uri", try databaseURI()]
        }
    }

    /// A backup of a long history, made without a registry: documents with so many versions each.
    func longBackup(_ file: String, documents: Int, versions: Int) async throws -> [VersionRecord] {
        let store = InMemoryVersionStore()
        for document in 0..<documents {
            var chain = try VersionChain("service-\(document)/prod")
            for number in 0..<versions { _ = try await store.append(chain.next(#"{"n":\#(number)}"#)) }
        }
        let records = try await store.versions(after: nil, limit: .max, maximumBytes: .max).map(\.record)
        var writer = BackupWriter(of: store, registry: "long", hasAccess: false, at: Timestamp.now)
        _ = FileManager.default.createFile(atPath: path(file), contents: nil)
        let handle = try #require(FileHandle(forWritingAtPath: path(file)))
        while let piece = try await writer.next() { try handle.write(contentsOf: piece) }
        try handle.close()
        return records
    }

    /// Everything that a restored store holds, read without a registry.
    func records(of store: CommandStore, directory: String = "restored") async throws -> [VersionRecord] {
        let opened: any RegistryStore =
            switch store {
            case .embedded: try await SQLiteStore.open(directory: path(directory), logger: .silent)
            case .mongodb: try await MongoStore.open(uri: databaseURI(), logger: .silent)
            }
        var records: [VersionRecord] = []
        var position: VersionIdentity?
        while true {
            let page = try await opened.versions(after: position, limit: 1_000, maximumBytes: .max)
            records += page.map(\.record)
            guard let last = page.last?.record else { break }
            position = VersionIdentity(key: last.key, version: last.version)
        }
        await opened.close()
        return records
    }
}

extension TestBench {
    /// Leaves the embedded store as a restore that was killed behind its first version.
    func beginRestore(of file: String, directory: String = "restored") async throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path(file)))
        var (lines, scan) = (BackupLines(), BackupScan())
        lines.append(bytes)
        var first: VersionRecord?
        while let line = lines.next() {
            if case .record(let record)? = try scan.take(line) { first = first ?? record }
        }
        let summary = try scan.summary(hasRest: lines.hasRest)
        let store = try await SQLiteStore.open(directory: path(directory), logger: .silent)
        let mark = RestoreMark(backup: summary.trailer.checksum, hasAccess: false)
        let isBegun = try await store.beginRestore(mark, after: nil)
        #expect(isBegun)
        try await store.restore([try #require(first)])
        await store.close()
    }
}
