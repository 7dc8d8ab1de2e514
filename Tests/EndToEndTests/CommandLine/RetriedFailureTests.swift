import ConfigWatcher
import SystemPackage
import Testing

@testable import configbus

extension CommandLineTests {
    /// What `watch` tries again by itself.
    @Suite struct RetriedFailureTests {
        @Test(arguments: [
            Errno.noSpace, .diskQuotaExceeded, .noMemory, .tooManyOpenFiles, .tooManyOpenFilesInSystem,
        ])
        func aCommandForWhichRoomMemoryOrDescriptorsAreWantingIsBegunAgain(error: Errno) {
            let failure = commandFailure("--exec", error)
            #expect(failure is any TransientFailure && "\(failure)".hasPrefix("--exec could not be run: "))
        }

        @Test(arguments: [Errno.permissionDenied, .noSuchFileOrDirectory])
        func aCommandThatCannotBeBegunForAnotherReasonIsRefusedForGood(error: Errno) {
            #expect(!(commandFailure("--exec", error) is any TransientFailure))
        }

        @Test(arguments: [
            Errno.noSpace, .permissionDenied, .noSuchFileOrDirectory, .notDirectory, .readOnlyFileSystem,
            .fileTooLarge,
        ])
        func aFileIsWrittenAgainWhateverKeptItFromBeingWritten(error: Errno) {
            let failure = writeFailure("/ could not be replaced", at: "/x", error)
            #expect(failure.description.hasPrefix("/ could not be replaced: "))
            #expect(
                failure.description.hasSuffix("It is tried again until it can be written; SIGHUP tries it at once."))
        }

        @Test func aFolderThatIsNotThereIsNamed() {
            let failure = writeFailure("x", at: "/no-such-folder/x", Errno.noSuchFileOrDirectory)
            #expect(failure.description.contains("the folder /no-such-folder does not exist"))
        }
    }
}
