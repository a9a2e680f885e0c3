package org.voltwin.cosim.check.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.model.port.ModelInspector.Finding;

final class ArchiveCheckTest {
    private static final int ENTRY = 0x02014b50;

    @TempDir
    private Path temp;

    private List<String> codes(byte[] archive) throws IOException {
        Findings findings = new Findings("x.fmu");
        boolean readable = ArchiveCheck.check(Files.write(temp.resolve("x.fmu"), archive), findings);
        assertThat(readable).isEqualTo(!findings.hasError());
        return findings.list().stream().map(Finding::code).distinct().toList();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(("content of " + name).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** The archive with the index changed: the place of the first index entry is given to the change. */
    private static byte[] changed(byte[] archive, java.util.function.BiConsumer<ByteBuffer, Integer> change) {
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != ENTRY) {
            at++;
        }
        change.accept(bytes, at);
        return archive;
    }

    @Test
    void a_plain_archive_is_fine() throws IOException {
        assertThat(codes(zip("modelDescription.xml", "binaries/x86_64-linux/m.so")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "C:evil", "a\\b", "a//b", "./a", "a\nb"})
    void names_that_lead_elsewhere_are_refused(String name) throws IOException {
        assertThat(codes(zip("modelDescription.xml", name))).containsExactly("fmu.zip_slip");
    }

    @Test
    void a_file_that_is_a_folder_too_and_names_that_differ_by_case_are_found() throws IOException {
        assertThat(codes(zip("a", "a/b"))).containsExactly("fmu.zip_duplicate");
        assertThat(codes(zip("a", "A"))).containsExactly("fmu.zip_case");
    }

    @Test
    void a_name_that_comes_twice_is_found() throws IOException {
        byte[] archive = new String(zip("one", "two"), StandardCharsets.ISO_8859_1)
                .replace("two", "one")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(codes(archive)).contains("fmu.zip_duplicate");
    }

    @Test
    void links_and_encrypted_entries_are_refused() throws IOException {
        assertThat(codes(changed(zip("a"), (bytes, at) -> {
                    bytes.put(at + 5, (byte) 3); // made by Unix
                    bytes.putInt(at + 38, 0xA1FF << 16); // a symbolic link
                })))
                .containsExactly("fmu.zip_link");
        assertThat(codes(changed(zip("a"), (bytes, at) -> bytes.putShort(at + 8, (short) 1))))
                .containsExactly("fmu.zip_encrypted");
        assertThat(codes(changed(zip("a"), (bytes, at) -> bytes.putShort(at + 10, (short) 93))))
                .containsExactly("fmu.zip_method");
    }

    @Test
    void an_index_that_does_not_tell_the_truth_is_refused() throws IOException {
        assertThat(codes(changed(zip("a"), (bytes, at) -> bytes.put(at + 46, (byte) 'b'))))
                .containsExactly("fmu.zip_lies");
        assertThat(codes(changed(zip("a", "b"), (bytes, at) -> bytes.putInt(at + 46 + 1 + 42, 0))))
                .contains("fmu.zip_bomb", "fmu.zip_lies");
        byte[] wrongSum = changed(zip("a"), (bytes, at) -> bytes.putInt(at + 16, 7));
        assertThat(codes(wrongSum)).containsExactly("fmu.zip_damaged");
    }

    @Test
    void bombs_are_refused_by_what_they_say_and_by_what_they_are() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            zip.write(new byte[8 << 20]);
            zip.closeEntry();
        }
        assertThat(codes(bytes.toByteArray())).containsExactly("fmu.zip_bomb");
        assertThat(codes(changed(bytes.toByteArray(), (buffer, at) -> buffer.putInt(at + 24, 100))))
                .containsExactly("fmu.zip_damaged");
        assertThat(codes(changed(zip("a"), (buffer, at) -> buffer.putInt(at + 24, 0x7FFF_FFFF))))
                .containsExactly("fmu.zip_bomb");
    }

    @Test
    void what_is_no_archive_is_refused() throws IOException {
        assertThat(codes("no zip".getBytes(StandardCharsets.UTF_8))).containsExactly("fmu.not_a_zip");
        assertThat(codes(new byte[0])).containsExactly("fmu.not_a_zip");
        Files.createSymbolicLink(temp.resolve("link.fmu"), temp.resolve("x.fmu"));
        Findings findings = new Findings("link.fmu");
        assertThat(ArchiveCheck.check(temp.resolve("link.fmu"), findings)).isFalse();
        assertThat(findings.list()).extracting(Finding::code).containsExactly("fmu.missing");
    }
}
