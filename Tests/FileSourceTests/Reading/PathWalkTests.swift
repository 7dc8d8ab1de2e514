import SystemPackage
import TestSupport
import Testing

@testable import FileSource

@Suite("The way to a file")
struct PathWalkTests {
    @Test func aPathWithoutLinksEndsWhereItSays() async throws {
        try await FileScene.with { scene in
            try scene.write("{}", to: "a.json")
            let walk = PathWalk(scene.path("./x/../a.json"))
            #expect(walk.target == nil, "x is not there")
            #expect(PathWalk(scene.path("a.json")).target == scene.path("a.json"))
            #expect(PathWalk(scene.path("a.json")).places == [.init(directory: scene.root, name: "a.json")])
        }
    }

    @Test func allLinksOnTheWayAreNamed() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("..1")
            try scene.write("{}", to: "..1/a.json")
            try scene.link("..data", to: "..1")
            try scene.link("a.json", to: "..data/a.json")
            let walk = PathWalk(scene.path("a.json"))
            #expect(walk.target == scene.path("..1/a.json"))
            #expect(
                walk.places == [
                    .init(directory: scene.root, name: "a.json"), .init(directory: scene.root, name: "..data"),
                    .init(directory: scene.path("..1"), name: "a.json"),
                ])
        }
    }

    @Test func whatIsMissingIsNamed() async throws {
        try await FileScene.with { scene in
            let walk = PathWalk(scene.path("a/b/c.json"))
            #expect(walk.target == nil && walk.error == nil)
            #expect(walk.places == [.init(directory: scene.root, name: "a")])
        }
    }

    @Test func aCircleOfLinksIsAnError() async throws {
        try await FileScene.with { scene in
            try scene.link("a", to: "b")
            try scene.link("b", to: "a")
            #expect(PathWalk(scene.path("a")).error == .tooManySymbolicLinkLevels)
        }
    }
}
