package io.alertcap.capturer.upload;

import io.alertcap.capturer.upload.ArtifactStore.PartsMemory;
import io.alertcap.foundation.s3.S3Storage;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One file in parts (S3 user guide, "Multipart upload"). Only the id of the upload needs to be
 * remembered: which parts have arrived, the store knows best. Where it does not say, all are sent
 * again into the same upload, where each replaces the one of its number: however often that
 * happens, there is one upload for an object, and nothing to abort.
 */
final class PartsUpload {

  private static final Logger log = LoggerFactory.getLogger(PartsUpload.class);

  /**
   * What stores answer that do not let this user list parts, or cannot: the right {@code
   * s3:ListMultipartUploadParts} is none that an upload needs otherwise.
   */
  private static final Set<Integer> NOT_TOLD = Set.of(403, 405, 501);

  private final S3Client client;
  private final String bucket;
  private final S3Storage storage;
  private final StoredObject object;
  private final PartsMemory memory;

  PartsUpload(
      S3Client client, String bucket, S3Storage storage, StoredObject object, PartsMemory memory) {
    this.client = client;
    this.bucket = bucket;
    this.storage = storage;
    this.object = object;
    this.memory = memory;
  }

  void run(Path file) throws IOException {
    Optional<String> begun = memory.uploadId();
    if (begun.isPresent()) {
      try {
        send(file, begun.get(), arrived(begun.get()));
        return;
      } catch (NoSuchUploadException expiredOrAborted) {
        memory.remember(Optional.empty());
      }
    }
    String uploadId = begin();
    memory.remember(Optional.of(uploadId));
    send(file, uploadId, Map.of());
  }

  private String begin() {
    return client
        .createMultipartUpload(create ->
            create
                .bucket(bucket)
                .key(object.key())
                .contentType(object.contentType())
                .metadata(object.metadata())
                .serverSideEncryption(storage.encryption().orElse(null))
                .ssekmsKeyId(storage.encryptionKey().orElse(null))
                .storageClass(storage.storageClass().orElse(null)))
        .uploadId();
  }

  private Map<Integer, Part> arrived(String uploadId) {
    try {
      Map<Integer, Part> parts = new TreeMap<>();
      client
          .listPartsPaginator(list -> list.bucket(bucket).key(object.key()).uploadId(uploadId))
          .parts()
          .forEach(part -> parts.put(part.partNumber(), part));
      return parts;
    } catch (S3Exception e) {
      if (!NOT_TOLD.contains(e.statusCode())) {
        throw e;
      }
      log.info(
          "The store does not say which parts of {} it has (status {}), so all are sent again: the right s3:ListMultipartUploadParts saves that.",
          object.key(),
          e.statusCode());
      return Map.of();
    }
  }

  private void send(Path file, String uploadId, Map<Integer, Part> arrived) throws IOException {
    Map<Integer, CompletedPart> complete = new TreeMap<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      int number = 1;
      for (long start = 0; start < size; start += S3ArtifactStore.PART_BYTES) {
        long length = Math.min(S3ArtifactStore.PART_BYTES, size - start);
        Part there = arrived.get(number);
        complete.put(
            number,
            there != null && there.size() == length
                ? completed(there)
                : sendPart(channel, uploadId, number, start, length));
        number++;
      }
    }
    complete(uploadId, List.copyOf(complete.values()));
    memory.remember(Optional.empty());
  }

  /** Read from the file as it is sent, and again if the SDK sends it again. */
  private CompletedPart sendPart(
      FileChannel channel, String uploadId, int number, long start, long length)
      throws IOException {
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(bucket)
            .key(object.key())
            .uploadId(uploadId)
            .partNumber(number)
            .build();
    MappedByteBuffer part = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
    UploadPartResponse sent =
        client.uploadPart(
            request,
            RequestBody.fromContentProvider(
                () -> new BufferInputStream(part.duplicate()), length, object.contentType()));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(sent.eTag())
        .checksumCRC32(sent.checksumCRC32())
        .build();
  }

  private static CompletedPart completed(Part part) {
    return CompletedPart.builder()
        .partNumber(part.partNumber())
        .eTag(part.eTag())
        .checksumCRC32(part.checksumCRC32())
        .build();
  }

  private void complete(String uploadId, List<CompletedPart> parts) {
    client.completeMultipartUpload(complete ->
        complete
            .bucket(bucket)
            .key(object.key())
            .uploadId(uploadId)
            .multipartUpload(all -> all.parts(parts)));
  }
}
