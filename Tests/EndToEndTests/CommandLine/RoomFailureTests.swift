import ConfigWatcher
import SystemPackage
import Testing

@testable import configbus

extension CommandLineTests {
    /// What `watch` tries again by itself.
    @Suite struct RoomFailureTests {
        @Test(
            "a lack of room, memory or descriptors passes by itself",
            arguments: [
                Errno.noSpace, .diskQuotaExceeded, .noMemory, .tooManyOpenFiles, .tooManyOpenFilesInSystem,
            ])
        func passes(error: Errno) {
            let failure = applyFailure("/x could not be replaced", error)
            #expect(failure is any PassingFailure && "\(failure)".hasPrefix("/x could not be replaced: "))
        }

        @Test(
            "anything else is refused for good",
            arguments: [
                Errno.permissionDenied, .noSuchFileOrDirectory, .readOnlyFileSystem, .fileTooLarge,
            ])
        func stays(error: Errno) { #expect(!(applyFailure("x", error) is any PassingFailure)) }
    }
}
