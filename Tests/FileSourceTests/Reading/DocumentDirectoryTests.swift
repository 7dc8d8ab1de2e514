import ConfigModel
import TestSupport
import Testing

@testable import FileSource

@Suite("A directory of documents")
struct DocumentDirectoryTests {
    private func look(_ scene: FileScene, _ keys: String...) throws -> [String: FileLook] {
        let keys = Set(try keys.map { try DocumentKey(parsing: $0) })
        let survey = FileLayout.directory(scene.path("config")).survey(SurveyRequest(keys: keys))
        return Dictionary(uniqueKeysWithValues: survey.sightings.map { ("\($0.key)", $0.value.look) })
    }

    private func content(_ look: FileLook?) -> String? {
        guard case .content(let content, _)? = look else { return nil }
        return String(decoding: content.bytes, as: UTF8.self)
    }

    private func fault(_ look: FileLook?) -> String? {
        guard case .unreadable(let fault, _)? = look else { return nil }
        return fault.description
    }

    @Test func eachNotationIsReadByItsEndingAndNumbersKeepTheirText() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("config/prod")
            try scene.write("{\"n\": 18446744073709551617}", to: "config/prod/a.b.json")
            try scene.write("n: 1.0\n", to: "config/prod/c.yaml")
            try scene.write("n: 2\n", to: "config/prod/d.yml")
            try scene.write("n = 1_000\n", to: "config/prod/e.toml")
            let looks = try look(scene, "a.b/prod", "c/prod", "d/prod", "e/prod", "f/prod", "a.b/other")
            #expect(content(looks["a.b/prod"]) == "{\"n\":18446744073709551617}")
            #expect(content(looks["c/prod"]) == "{\"n\":1.0}")
            #expect(content(looks["d/prod"]) == "{\"n\":2}")
            #expect(content(looks["e/prod"]) == "{\"n\":1000}")
            #expect(looks["f/prod"] == .gone && looks["a.b/other"] == .gone)
        }
    }

    @Test(arguments: [
        ".a.json", "a.json~", "a.json.tmp", "a.json.swp", "a.json.bak", "a.json.orig", "a.json.new", "#a.json#",
        "a.json___jb_tmp___", "a.txt", "4913", "a",
    ])
    func otherNamesArePassedOver(name: String) async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("config/prod")
            try scene.write("{}", to: "config/prod/\(name)")
            let found = try look(scene, "a/prod")["a/prod"]
            #expect(found == .gone)
        }
    }

    @Test func aDocumentInTwoFilesIsRefusedWithBothNames() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("config/prod")
            try scene.write("{}", to: "config/prod/a.json")
            try scene.write("a: 1", to: "config/prod/a.yaml")
            let found = try look(scene, "a/prod")["a/prod"]
            #expect(fault(found) == "a/prod is in a.json and a.yaml; remove all but one")
        }
    }

    @Test func aGenerationIsReadWholeThroughItsLink() async throws {
        try await FileScene.with { scene in
            for number in 1...2 {
                try scene.makeDirectory("config/..\(number)/prod")
                try scene.write("{\"n\":\(number)}", to: "config/..\(number)/prod/a.json")
            }
            try scene.link("config/..data", to: "..1")
            try scene.link("config/prod", to: "..data/prod")
            let before = try look(scene, "a/prod")["a/prod"]
            try scene.relink("config/..data", to: "..2")
            let after = try look(scene, "a/prod")["a/prod"]
            #expect(content(before) == "{\"n\":1}" && content(after) == "{\"n\":2}")
        }
    }

    @Test func aLinkWithinTheDirectoryIsFollowedOneOutOfItIsNot() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("config/prod")
            try scene.makeDirectory("config/shared")
            try scene.makeDirectory("outside")
            for name in ["config/shared/a.json", "outside/b.json"] { try scene.write("{\"n\":1}", to: name) }
            try scene.link("config/prod/a.json", to: "../shared/a.json")
            try scene.link("config/prod/b.json", to: "../../outside/b.json")
            try scene.link("config/dev", to: scene.path("outside"))
            let looks = try look(scene, "a/prod", "b/prod", "b/dev")
            #expect(content(looks["a/prod"]) == "{\"n\":1}")
            for name in ["b/prod", "b/dev"] {
                #expect(fault(looks[name]) == "it is a link out of the directory, which is not followed")
            }
        }
    }

    @Test func whatIsNoRegularFileIsNotWaitedFor() async throws {
        try await FileScene.with { scene in
            try scene.makeDirectory("config/prod/a.json")
            try scene.makeFIFO("config/prod/b.json")
            let looks = try look(scene, "a/prod", "b/prod")
            #expect(fault(looks["a/prod"]) == "it is no regular file")
            #expect(fault(looks["b/prod"]) == "it is no regular file")
        }
    }
}
