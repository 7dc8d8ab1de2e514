import ConfigModel
import RegistryAPI
import Testing

@Suite struct StateDigestTests {
    @Test func itIsTheSameInWhateverOrderTheDocumentsAreNamed() throws {
        let versions = try Self.versions()
        #expect(StateDigest.of(versions) == StateDigest.of(versions.reversed()))
    }

    /// `printf '\0\0\0\14parsing/prod\0\0\0\00218\0\0\0\0\0\0\0\0\0\0\0\0' | sha256sum | cut -c 1-32`
    @Test func itIsTheHashThatADescriptionOfTheFieldsSays() throws {
        let version = RunningVersion(try DocumentKey(parsing: "parsing/prod"), version: 18)
        #expect(StateDigest.of([version]) == "6c9d32f0402b16825eb76a02f9969de0")
    }

    @Test(
        arguments: [
            { $0.version += 1 }, { $0.defaultVersion = 0 }, { $0.rollout = RolloutReference(id: "r-1", version: 1) },
            { $0.contentHash = SHA256Text.hash([2]) },
        ] as [@Sendable (inout RunningVersion) -> Void])
    func everyFieldCounts(change: @Sendable (inout RunningVersion) -> Void) throws {
        var versions = try Self.versions()
        let before = StateDigest.of(versions)
        change(&versions[1])
        #expect(StateDigest.of(versions) != before)
    }

    private static func versions() throws -> [RunningVersion] {
        try ["a/prod", "b/prod", "a/test"].map {
            RunningVersion(try DocumentKey(parsing: $0), version: 7, contentHash: SHA256Text.hash([1]))
        }
    }
}
