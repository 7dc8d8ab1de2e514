import Foundation
import TestSupport
import Testing

/// What `doctor` finds with a token that permits little: what is not permitted is no fault of the registry.
@Suite(.timeLimit(.minutes(3)), .showsProcesses) struct DoctorAccessTests {
    @Test(arguments: [
        ("watcher:parsing/prod", "ok    watching: A stream of events was in step"),
        ("monitor:#/*", "warn  watching: No stream of events was tried: 'it' may read no documents"),
    ])
    func whatATokenDoesNotPermitIsNoFault(_ grant: String, _ says: String) async throws {
        try await withAccess { access in
            let made = try await access.run("token", "create", "it", "--grant", grant)
            let token = made.output.trimmingCharacters(in: .newlines)
            let found = try await access.run("doctor", token: token)
            #expect(found.output.contains(says))
            #expect(!found.output.contains("FAIL"))
        }
    }

    @Test func withoutATokenItSaysThatOneIsNeeded() async throws {
        try await withAccess { access in
            let found = try await access.bench.configbus(["doctor"], at: access.registry, environment: [:])
            #expect(found.output.contains("FAIL  watching: The registry needs a credential"))
            #expect(found.output.contains("--token-file"))
            #expect(!found.output.contains("buffer"))
        }
    }
}
