import Testing

@testable import FileSource

@Suite("File systems that others change without notice")
struct MountTableTests {
    private let table = MountTable(
        """
        22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
        30 22 0:26 / /mnt/team rw - nfs4 server:/team rw
        31 22 0:27 / /mnt/team/local rw - tmpfs tmpfs rw
        32 22 0:28 / /mnt/my\\040disk rw shared:7 master:2 - fuse.sshfs host: rw
        """)

    @Test(arguments: [
        ("/etc/app", nil), ("/mnt/team", "nfs4"), ("/mnt/team/a", "nfs4"), ("/mnt/teams", nil),
        ("/mnt/team/local/a", nil), ("/mnt/my disk/a", "fuse.sshfs"),
    ])
    func theInnermostMountCounts(path: String, type: String?) { #expect(table.remoteType(of: path) == type) }
}
