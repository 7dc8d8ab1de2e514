import ConfigModel
import ConfigSignatures
import ConfigWatcher
import SystemPackage
import TestSupport
import Testing

@testable import FileSource

@Suite("Files as a source", .timeLimit(.minutes(1)))
struct FileSourceTests {
    @Test func aWatcherIsCurrentAndHasNoEpoch() async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "a.json")
            try await scene.following(scene.file("a.json")) { following in
                let snapshot = try await following.watcher.ready()
                #expect(snapshot.version == 1 && snapshot.epoch == nil && snapshot.value?.epoch == nil)
                #expect(following.watcher.state == .current && following.watcher.current.age != nil)
                #expect(following.log.outcomes.allSatisfy { $0.epoch == nil })
            }
        }
    }

    @Test func aFileWithTrustedKeysIsRefusedUnlessItsOwnerIsTrusted() async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "a.json")
            let keys = try TrustedKeys([try RecordSigner.generate().publicKey])
            let options = WatcherOptions(trustedKeys: keys)
            let error = try #require(throws: WatcherError.self) {
                _ = try ConfigWatcher<ConfigDocument>(
                    key: "parsing/prod", source: .file(scene.path("a.json")), options: options, logger: nil)
            }
            #expect(error.code == .invalidOptions && error.message.contains("trusting: .owner"))
            let group = WatcherGroup(source: .directory(scene.root), options: options, logger: nil)
            let other = try #require(throws: WatcherError.self) { _ = try group.watch(key: "a/prod") }
            #expect(other.code == .invalidOptions)
            let source = FileSource.file(scene.path("a.json"), trusting: .owner)
            try await scene.following(source, options: options) { try await $0.runs("{\"n\":1}") }
        }
    }

    @Test func whereNoNoticesCanBeHadFilesAreLookedAtAndItIsSaidUntilTheyCan() async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "a.json")
            let isExhausted = Flag(true)
            let source = FileSource(
                .file(scene.path("a.json"), .auto), trusting: nil,
                pace: FilePace(interval: .seconds(3_600), intervalWithoutNotices: .milliseconds(20))
            ) { () throws(NoticesUnavailable) in
                if isExhausted.isSet { throw NoticesUnavailable(.tooManyOpenFiles, opening: true) }
                return try Notices()
            }
            try await scene.following(source) { following in
                try await following.runs("{\"n\":1}")
                try scene.replace("a.json", with: "{\"n\":2}")
                try await following.runs("{\"n\":2}")
                let failure = following.watcher.statistics.sourceFailure
                #expect(failure?.contains("fs.inotify.max_user_instances") == true, "\(failure ?? "none")")
                isExhausted.isSet = false
                try await eventually("notices") { following.watcher.statistics.sourceFailure == nil }
                try scene.replace("a.json", with: "{\"n\":3}")
                try await following.runs("{\"n\":3}")
            }
        }
    }

    @Test func documentsComeAndGoWhileItRuns() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("prod")
            for name in ["a", "b"] { try scene.write("{\"n\":1}", to: "prod/\(name).json") }
            let group = WatcherGroup(source: scene.directory("."), logger: nil)
            let first = try group.watch(key: "a/prod")
            try await running(group) {
                _ = try await first.ready()
                let second = try group.watch(key: "b/prod")
                let third = try group.watch(key: "c/new")
                let version = try await second.ready().version
                #expect(version == 1)
                try scene.makeDirectory("new")
                try scene.write("c: 1", to: "new/c.yaml")
                _ = try await third.ready()
                group.remove(first)
                let again = try await group.watch(key: "a/prod").ready().version
                #expect(again == 1)
            }
        }
    }

    @Test func withOverlayADirectoryHasBothDocumentsAFileOnlyItsOwn() async throws {
        try await FileScene.with { scene in
            for (environment, text) in [("default", "{\"a\":1,\"b\":1}"), ("prod", "{\"b\":2}")] {
                try scene.makeDirectory(environment)
                try scene.write(text, to: "\(environment)/parsing.json")
            }
            let options = WatcherOptions(overlay: true)
            try await scene.following(scene.directory("."), options: options) {
                try await $0.runs("{\"a\":1,\"b\":2}")
            }
            try await scene.following(scene.file("prod/parsing.json"), options: options) {
                try await $0.runs("{\"b\":2}")
            }
        }
    }

    @Test func nothingOfAFileIsKeptInACache() async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "a.json")
            let watcher = try ConfigWatcher<ConfigDocument>(
                key: "parsing/prod", source: scene.file("a.json"), cache: .directory(scene.path("cache")), logger: nil)
            try await running(watcher) { _ = try await watcher.ready() }
            #expect(PathWalk(scene.path("cache")).target == nil)
        }
    }
}
