import ConfigModel
import ConfigSignatures
import FoundationEssentials
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("Good versions on disk", .timeLimit(.minutes(1)))
struct GoodVersionsOnDiskTests {
    private func options(_ keys: TrustedKeys? = nil) -> WatcherOptions {
        WatcherOptions(trustedKeys: keys, pollInterval: .seconds(3_600), goodVersions: 3, goodVersionsOnDisk: true)
    }

    /// Runs versions 1 to 5 and ends.
    private func firstRun(_ directory: String, _ keys: TrustedKeys? = nil, signer: RecordSigner? = nil) async throws
        -> (WatcherScene, TestHistory)
    {
        var history = try TestHistory.numbered(1, signer: signer)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(cache: .directory(directory), options: options(keys))
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            for version in 2...5 {
                try await scene.publish(try history.publish("{\"n\":\(version)}"))
                _ = try await outcome(.applied, Int64(version), in: &outcomes)
            }
            try await eventually("written") { try files(directory).map { try version(of: $0) } == [3, 4, 5] }
        }
        return (scene, history)
    }

    private func files(_ directory: String) throws -> [String] {
        let manager = FileManager.default
        return try manager.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".good") }.flatMap { folder in
            try manager.contentsOfDirectory(atPath: "\(directory)/\(folder)").sorted().map {
                "\(directory)/\(folder)/\($0)"
            }
        }
    }

    private func version(of file: String) throws -> Int64? {
        try CacheFormat.decode([UInt8](try Data(contentsOf: URL(filePath: file)))).main?.version
    }

    @Test func afterARestartTheyCanBeBroughtBackTheFirstOfTheRunIsItsOwn() async throws {
        try await withTemporaryCache { directory in
            let (scene, _) = try await firstRun(directory)
            let second = try scene.watcher(cache: .directory(directory), options: options())
            try await running(second) {
                _ = try await second.ready()
                // The registry may answer before the files are read.
                try await eventually("read") { second.backups.map(\.version) == [3, 4, 5] }
                #expect(second.backups.map(\.isInitial) == [false, false, true])
                let back = try await second.rollback(to: .previous)
                #expect(back?.version == 4 && second.current.value == Numbered(n: 4))
                let hash = second.backups[0].contentHash
                let further = try await second.rollback(to: .hash(hash))
                #expect(further?.version == 3)
                let initial = try await second.rollback(to: .initial)
                #expect(initial?.version == 5)
            }
        }
    }

    @Test func whatNoTrustedKeySignedOrIsDamagedIsNotBroughtBack() async throws {
        let signer = try RecordSigner.generate()
        let keys = try TrustedKeys([signer.publicKey])
        try await withTemporaryCache { directory in
            let (scene, _) = try await firstRun(directory, keys, signer: signer)
            let files = try files(directory)
            let forged = try TestHistory.numbered(3, signer: try RecordSigner.generate()).version(3)
            try write(CacheFormat.encode(DocumentLayers(main: DocumentVersion(forged))), to: files[0])
            try write(Array("configbus-cache-v1 sha256:00\n{}".utf8), to: files[1])
            let second = try scene.watcher(cache: .directory(directory), options: options(keys))
            try await running(second) {
                _ = try await second.ready()
                try await eventually("read") { second.statistics.cacheFailures == 1 }
                try await eventually("refused") { second.statistics.refusedSignatures == 1 }
                #expect(second.backups.map(\.version) == [5])
            }
        }
    }

    private func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: URL(filePath: file)) }

    @Test func withoutTheWishThereIsNoFolder() async throws {
        try await withTemporaryCache { directory in
            let scene = WatcherScene(try TestHistory.numbered(1).head)
            let watcher = try scene.watcher(cache: .directory(directory))
            try await running(watcher) {
                _ = try await watcher.ready()
                try await eventually("cached") {
                    try FileManager.default.contentsOfDirectory(atPath: directory).count == 1
                }
            }
        }
    }
}
