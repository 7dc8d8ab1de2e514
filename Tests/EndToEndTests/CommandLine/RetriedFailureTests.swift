import ConfigWatcher
import SystemPackage
import Testing

@testable import configbus

extension CommandLineTests {
    /// What `watch` tries again by itself.
    @Suite struct RetriedFailureTests {
        @Test(
            "a command for which room, memory or descriptors are wanting is begun again",
            arguments: [
                Errno.noSpace, .diskQuotaExceeded, .noMemory, .tooManyOpenFiles, .tooManyOpenFilesInSystem,
            ])
        func passes(error: Errno) {
            let failure = commandFailure("--exec", error)
            #expect(failure is any PassingFailure && "\(failure)".hasPrefix("--exec could not be run: "))
        }

        @Test(
            "a command that cannot be begun for another reason is refused for good",
            arguments: [Errno.permissionDenied, .noSuchFileOrDirectory])
        func stays(error: Errno) { #expect(!(commandFailure("--exec", error) is any PassingFailure)) }

        @Test(
            "a file is written again whatever kept it from being written",
            arguments: [
                Errno.noSpace, .permissionDenied, .noSuchFileOrDirectory, .notDirectory, .readOnlyFileSystem,
                .fileTooLarge,
            ])
        func writing(error: Errno) {
            let failure = writeFailure("/ could not be replaced", at: "/x", error)
            #expect(failure.description.hasPrefix("/ could not be replaced: "))
            #expect(
                failure.description.hasSuffix("It is tried again until it can be written; SIGHUP tries it at once."))
        }

        @Test("a folder that is not there is named")
        func folder() {
            let failure = writeFailure("x", at: "/no-such-folder/x", Errno.noSuchFileOrDirectory)
            #expect(failure.description.contains("the folder /no-such-folder does not exist"))
        }
    }
}
