import ConfigWatcher
import TestSupport
import Testing

@testable import FileSource

/// Each kind of change of a file, noticed by notices alone: the look every ten seconds does not come in these tests. The
/// number of a version counts what was found, so that it says too what was no change.
@Suite("Changes of a file", .timeLimit(.minutes(1)))
struct FileChangeTests {
    /// Follows `a.json` with the content `{"n":1}`.
    private func following(
        _ name: String = "a.json", _ body: (FileScene, Following) async throws -> Void
    ) async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "a.json")
            try await scene.following(scene.file(name)) { following in
                try await following.runs("{\"n\":1}")
                try await body(scene, following)
            }
        }
    }

    @Test func aFileThatIsMadeLaterIsApplied() async throws {
        try await FileScene.with { scene in
            try await scene.following(scene.file("x/y/a.json")) { following in
                try scene.makeDirectory("x/y")
                try scene.write("{\"n\":1}", to: "x/y/a.json")
                try await following.runs("{\"n\":1}")
                try await following.hasReported("applied 1")
            }
        }
    }

    @Test func aFileThatIsReplacedByRenameIsAppliedOnce() async throws {
        try await following { scene, following in
            try scene.replace("a.json", with: "{\"n\":2}")
            try await following.reports("applied 2")
            #expect(following.watcher.current.version == 2 && following.watcher.current.epoch == nil)
        }
    }

    @Test func aFileThatIsWrittenInPartsIsAppliedWholeOnce() async throws {
        try await following { scene, following in
            try scene.write("{\"n\"", to: "a.json")
            try await Task.sleep(for: .milliseconds(30))
            try scene.append(":2,\"m\"", to: "a.json")
            try await Task.sleep(for: .milliseconds(30))
            try scene.append(":3}", to: "a.json")
            try await following.runs("{\"m\":3,\"n\":2}")
            try await eventually("two, not \(following.log.lines)") { following.log.lines.count == 2 }
        }
    }

    @Test func whatIsAppendedIsApplied() async throws {
        try await FileScene.with { scene in
            try scene.write("n: 1\n", to: "a.yaml")
            try await scene.following(scene.file("a.yaml")) { following in
                try await following.runs("{\"n\":1}")
                try scene.append("m: 2\n", to: "a.yaml")
                try await following.runs("{\"m\":2,\"n\":1}")
            }
        }
    }

    @Test func whatChangesNoContentIsNoReload() async throws {
        try await following { scene, following in
            try scene.changeMode("a.json", 0o600)
            try scene.touch("a.json")
            try scene.write("{ \"n\" : 1 }", to: "a.json")
            try scene.replace("a.json", with: "{\"n\":1}")
            try scene.remove("a.json")
            try scene.write("{\"n\":1}", to: "a.json")
            _ = try await following.watcher.reload()
            try scene.replace("a.json", with: "{\"n\":2}")
            try await following.runs("{\"n\":2}")
            try await following.hasReported("applied 1", "applied 2")
        }
    }

    @Test func aFileThatIsRemovedIsADeletionAndComesBackAlsoWithTheSameContent() async throws {
        try await following { scene, following in
            try scene.remove("a.json")
            try await following.reports("deleted 2")
            #expect(following.watcher.current.version == 1, "what ran runs on")
            try scene.write("{\"n\":1}", to: "a.json")
            try await following.reports("applied 3")
        }
    }

    @Test func aDirectoryThatIsMovedAwayAndBackIsADeletionAndAComeback() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("config")
            try scene.write("{\"n\":1}", to: "config/a.json")
            try await scene.following(scene.file("config/a.json")) { following in
                try await following.runs("{\"n\":1}")
                try scene.rename("config", "elsewhere")
                try await following.reports("deleted 2")
                try scene.rename("elsewhere", "config")
                try await following.reports("applied 3")
                try scene.replace("config/a.json", with: "{\"n\":2}")
                try await following.runs("{\"n\":2}")
            }
        }
    }

    @Test func whatALinkLeadsToIsFollowedWhenItChangesAndWhenTheLinkDoes() async throws {
        try await following { scene, following in
            try scene.makeDirectory("other")
            try scene.write("{\"n\":3}", to: "other/b.json")
            try scene.rename("a.json", "target.json")
            try scene.link("a.json", to: "target.json")
            try scene.replace("target.json", with: "{\"n\":2}")
            try await following.runs("{\"n\":2}")
            try scene.relink("a.json", to: "other/b.json")
            try await following.runs("{\"n\":3}")
            try scene.replace("other/b.json", with: "{\"n\":4}")
            try await following.runs("{\"n\":4}")
        }
    }

    @Test func aGenerationIsExchangedForAllFilesAtOnce() async throws {
        try await FileScene.with { scene in
            for number in 1...2 {
                try scene.makeDirectory("config/..\(number)/prod")
                for name in ["a", "b", "c"] {
                    try scene.write("{\"n\":\(number)}", to: "config/..\(number)/prod/\(name).json")
                }
            }
            try scene.link("config/..data", to: "..1")
            try scene.link("config/prod", to: "..data/prod")
            let group = WatcherGroup(source: scene.directory("config"), logger: nil)
            let watchers = try ["a", "b", "c"].map { try group.watch(key: "\($0)/prod") }
            try await running(group) {
                for watcher in watchers { _ = try await watcher.ready() }
                try scene.relink("config/..data", to: "..2")
                for watcher in watchers {
                    try await eventually("\(watcher.key) on 2") { watcher.get("n", default: 0) == 2 }
                    #expect(watcher.current.version == 2)
                }
            }
        }
    }

    @Test func whatCannotBeReadIsRejectedWithItsPlaceAndWhatRanRunsOn() async throws {
        try await following { scene, following in
            try scene.replace("a.json", with: "{\"n\": \"secret-")
            try await following.reports("rejected 2")
            let outcome = try #require(following.log.outcomes.last)
            #expect(outcome.reason?.contains("a.json: ") == true && outcome.reason?.contains("secret") == false)
            #expect(following.watcher.state == .rejected && following.watcher.current.version == 1)
            try scene.replace("a.json", with: "{\"n\":1}")
            try await eventually("current") { following.watcher.state == .current }
            try scene.replace("a.json", with: "{\"n\":4}")
            try await following.runs("{\"n\":4}")
        }
    }

    @Test func aRequestedReloadOfWhatCannotBeReadSaysWhy() async throws {
        try await following { scene, following in
            try scene.replace("a.json", with: "[1]")
            let error = try await #require(throws: WatcherError.self) { _ = try await following.watcher.reload() }
            #expect(error.code == .notProven && error.message.contains("must be an object"))
        }
    }

    @Test func aRequestedReloadDoesNotWaitForTheEndOfABurst() async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "a.json")
            let options = WatcherOptions(debounce: .fixed(.seconds(60)))
            try await scene.following(scene.file("a.json"), options: options) { following in
                try await following.runs("{\"n\":1}")
                try scene.replace("a.json", with: "{\"n\":2}")
                let outcome = try await following.watcher.reload()
                #expect(outcome?.kind == .applied && outcome?.version == 2)
            }
        }
    }
}
