import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ConfigWatcher

@Suite struct FileSecretsTests {
    @Test(arguments: [
        ("secret", "secret"), ("secret\n", "secret"), ("secret\n\n", "secret\n"), (" a b \r\n", " a b \r"), ("", ""),
    ])
    func oneLineFeedAtTheEndIsNoPartOfIt(content: String, expected: String) async throws {
        try await withTemporaryCache { root in
            try write(content, to: "\(root)/db/password")
            let found = try await FileSecrets(["\(root)/db"]).secret(at: "\(root)/db/password")
            #expect(found == expected)
        }
    }

    @Test func filesAreFoundByPathOrByNameBeneathTheListedDirectories() async throws {
        try await withTemporaryCache { root in
            try write("one", to: "\(root)/a/first")
            try write("two", to: "\(root)/b/deep/second")
            let secrets = FileSecrets(["\(root)/none", "\(root)/a/", "\(root)/b"])
            for (place, expected) in [
                ("first", "one"), ("deep/second", "two"), ("\(root)/a/first", "one"), ("\(root)/b/deep/second", "two"),
            ] {
                let found = try await secrets.secret(at: place)
                #expect(found == expected)
            }
        }
    }

    @Test func nothingElseIsFound() async throws {
        try await withTemporaryCache { root in
            try write("no", to: "\(root)/outside")
            try write("no", to: "\(root)/listed-too/file")
            try write("yes", to: "\(root)/listed/file")
            try write(String(repeating: "x", count: 65_537), to: "\(root)/listed/large")
            try write("no\u{0}\u{1}", to: "\(root)/listed/folder/inside")
            #expect(symlink("\(root)/outside", "\(root)/listed/link") == 0)
            #expect(symlink("file", "\(root)/listed/inner") == 0)
            #expect(symlink("\(root)/listed-too", "\(root)/listed/way") == 0)
            #expect(mkfifo("\(root)/listed/fifo", 0o600) == 0)
            try Data([0xff, 0xfe]).write(to: URL(filePath: "\(root)/listed/binary"))
            let secrets = FileSecrets(["\(root)/listed"])
            let places = [
                "outside", "/outside", "../outside", "link", "inner", "way/file", "large", "folder", "fifo", "binary",
                "none", "", "/",
                "./file", "folder/../file", "folder//inside", "file/", "file\u{0}", "file/more", "-too/file",
            ]
            for place in places + [
                "\(root)/outside", "\(root)/listed", "\(root)/listed-too/file", "\(root)/listed/../outside",
            ] {
                await #expect(throws: SecretError.self, "\(place)") { try await secrets.secret(at: place) }
            }
            let largest = String(repeating: "x", count: 65_536)
            try write(largest, to: "\(root)/listed/large")
            let found = try await secrets.secret(at: "large")
            #expect(found == largest)
        }
    }

    @Test func nothingIsListedUnlessItsOwnerListsIt() async throws {
        await #expect(throws: SecretError.self) { try await FileSecrets([]).secret(at: "/etc/hostname") }
        await #expect(throws: SecretError.self) { try await EnvironmentSecrets([]).secret(at: "PATH") }
        await #expect(throws: SecretError.self) { try await EnvironmentSecrets(["HOME"]).secret(at: "PATH") }
        await #expect(throws: SecretError.self) {
            try await EnvironmentSecrets(["CONFIGBUS_UNSET"]).secret(at: "CONFIGBUS_UNSET")
        }
        let path = try await EnvironmentSecrets(["PATH"]).secret(at: "PATH")
        #expect(path == getenv("PATH").map { String(cString: $0) })
    }

    /// A volume of Kubernetes: the listed directory is a link, which its owner chose.
    @Test func theListedDirectoryItselfMayBeALinkThatIsReplaced() async throws {
        try await withTemporaryCache { root in
            try write("one", to: "\(root)/..1/password")
            try write("two", to: "\(root)/..2/password")
            #expect(symlink("..1", "\(root)/..data") == 0)
            let secrets = FileSecrets(["\(root)/..data"])
            let before = try await secrets.secret(at: "password")
            #expect(symlink("..2", "\(root)/..new") == 0 && rename("\(root)/..new", "\(root)/..data") == 0)
            let after = try await secrets.secret(at: "password")
            #expect(before == "one" && after == "two")
        }
    }

    private func write(_ text: String, to path: String) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }
}
