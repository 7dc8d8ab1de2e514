import ConfigModel
import ConfigWatcher
import Synchronization
import TestSupport
import Testing

@testable import FileSource

/// A group follows the documents below a prefix in a directory, as it does in a registry.
@Suite(.timeLimit(.minutes(1)))
struct FilePrefixTests {
    @Test func documentsBelowAPrefixAreThoseWhoseFilesAreThere() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("prod")
            for name in ["tenants.acme", "tenants.acme.api", "tenants.acme2", "other"] {
                try scene.write("{\"n\":1}", to: "prod/\(name).json")
            }
            let group = WatcherGroup(source: scene.directory("."), logger: nil)
            let tenants = try group.follow(prefix: "tenants.acme", environment: "prod")
            try await running(group) {
                try await eventually("both run") { Self.contents(tenants).count == 2 }
                #expect(Set(Self.contents(tenants).keys) == ["tenants.acme/prod", "tenants.acme.api/prod"])
            }
        }
    }

    @Test func aFileThatComesLaterIsAWatcherMore() async throws {
        try await FileScene.with { scene in
            let group = WatcherGroup(source: scene.directory("."), logger: nil)
            let tenants = try group.follow(prefix: "tenants", environment: "prod")
            try await running(group) {
                try scene.makeDirectory("prod")
                try scene.write("{\"n\":1}", to: "prod/tenants.acme.json")
                try await eventually("it runs") { Self.contents(tenants)["tenants.acme/prod"] == "{\"n\":1}" }
                try scene.replace("prod/tenants.acme.json", with: "{\"n\":2}")
                try scene.write("n: 3\n", to: "prod/tenants.beta.yaml")
                try await eventually("both run") {
                    Self.contents(tenants) == ["tenants.acme/prod": "{\"n\":2}", "tenants.beta/prod": "{\"n\":3}"]
                }
            }
        }
    }

    @Test func aSourceOfOneFileRefusesAPrefixAndSaysWhatToDo() async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "tenants.acme.json")
            let group = WatcherGroup(source: scene.file("tenants.acme.json"), logger: nil)
            let error = #expect(throws: WatcherError.self) { try group.follow(prefix: "tenants", environment: "prod") }
            #expect(error?.code == .invalidOptions)
            for part in [scene.path("tenants.acme.json"), "'tenants'", ".directory(path)"] {
                #expect(error?.description.contains(part) == true, "\(part) in \(error?.description ?? "nothing")")
            }
            let typed = #expect(throws: WatcherError.self) {
                try group.follow([String: Int].self, prefix: "tenants", environment: "prod")
            }
            #expect(typed == error)
        }
    }

    @Test func aBrokenFileIsRejectedWithItsOwnPathNotTheDirectorys() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("prod")
            try scene.write("{n: ", to: "prod/parsing.yaml")
            let group = WatcherGroup(source: scene.directory("."), logger: nil)
            let watcher = try group.watch(key: "parsing/prod")
            let outcomes = watcher.outcomes
            try await running(group) {
                let outcome = await outcomes.first { _ in true }
                #expect(outcome?.reason?.contains("/prod/parsing.yaml: ") == true)
            }
        }
    }

    private static func contents(_ followed: FollowedPrefix<ConfigDocument>) -> [String: String] {
        var contents: [String: String] = [:]
        for watcher in followed.watchers {
            guard let content = watcher.current.content else { continue }
            contents["\(watcher.key)"] = String(decoding: content.bytes, as: UTF8.self)
        }
        return contents
    }
}
